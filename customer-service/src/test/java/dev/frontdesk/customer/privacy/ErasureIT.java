package dev.frontdesk.customer.privacy;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;

import dev.frontdesk.customer.Feed;
import dev.frontdesk.events.BookingEvent;
import dev.frontdesk.events.CallEvent;
import dev.frontdesk.events.CounterEvent;
import dev.frontdesk.events.FaqEvent;
import dev.frontdesk.events.PrivacyEvent;
import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Infrastructure;
import dev.frontdesk.testing.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
class ErasureIT {

    private static final Database DB = Database.asSuperuser("customer");
    private static final Instant AT = Instant.parse("2026-03-02T15:00:00Z");

    private final String phone = Feed.newPhone();
    private final String name = "Nora " + UUID.randomUUID();

    @Test
    void anErasedPersonIsGoneFromEveryTableAndAReplayBringsNobodyBack() {
        CallEvent call = Feed.call(UUID.randomUUID(), 1, phone, name, AT);
        BookingEvent booking = Feed.booking(UUID.randomUUID(), 1, phone, name, AT.plusSeconds(60));
        CounterEvent counters = Feed.counters(phone, 3, 1, 1, AT.plusSeconds(60), "31.00");
        given().contentType("application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .body(Map.of("name", name, "phone", phone, "notes", "likes to be called at " + phone))
                .post("/api/customers")
                .then()
                .statusCode(201);
        Topic.publish("default", call);
        Topic.publish("default", booking);
        Topic.publish("default", counters);
        UUID question = ask();
        await().untilAsserted(() -> assertThat(questions(question)).isOne());
        String id = idOf(phone);
        await().untilAsserted(() -> given().get("/api/customers/" + id)
                .then()
                .body("name", equalTo(name))
                .body("total_calls", equalTo(1)));
        String receipt = given().post("/api/customers/" + id + "/erasure")
                .then()
                .statusCode(202)
                .body("status", equalTo("running"))
                .body("services", hasSize(5))
                .body("services.status", everyItem(equalTo("requested")))
                .extract()
                .path("id");
        given().post("/api/customers/" + id + "/erasure").then().statusCode(202).body("id", equalTo(receipt));
        others(UUID.fromString(receipt), id);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().get("/api/customers/erasures/" + receipt)
                        .then()
                        .statusCode(200)
                        .body("status", equalTo("done"))
                        .body("services.status", everyItem(equalTo("done"))));

        given().get("/api/customers/" + id)
                .then()
                .body("name", equalTo("erased"))
                .body("email", equalTo(null))
                .body("total_calls", equalTo(1))
                .body("total_spent", equalTo(31.00f));
        UUID late = ask();
        replay(id);
        assertThat(traces()).isEmpty();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(questions(question) + questions(late)).isEqualTo(2));
        assertThat(traces()).isEmpty();
        given().get("/api/customers/" + id + "/history")
                .then()
                .body("call_count", equalTo(1))
                .body("timeline", hasSize(2));
        given().header("X-Client-Id", "acme")
                .get("/api/customers/erasures/" + receipt)
                .then()
                .statusCode(404);
    }

    @Test
    void fromTheRequestOnNobodyIsMergedWithThePersonOrChangesThem() throws SQLException {
        String id = create(name, phone);
        String duplicate = create(name, Feed.newPhone());
        String other = create("Ann", Feed.newPhone());
        merge(duplicate, id).statusCode(200);
        try (Connection pause = DriverManager.getConnection(
                        "jdbc:postgresql://" + Infrastructure.postgresAddress() + "/customer", "postgres", "postgres");
                Statement statement = pause.createStatement()) {
            pause.setAutoCommit(false);
            // The event cannot take effect before this transaction ends.
            statement.execute("lock table erased_people in share mode");
            given().post("/api/customers/" + id + "/erasure").then().statusCode(202);
            merge(id, other).statusCode(409).body("type", endsWith("/erased"));
            merge(other, id).statusCode(409).body("type", endsWith("/erased"));
            given().contentType("application/json")
                    .body(Map.of("notes", "x"))
                    .patch("/api/customers/" + id)
                    .then()
                    .statusCode(409);
            assertThat(DB.count(
                            "select count(*) from customers where (id::text = ? or merged_into::text = ?) and erased_at is not null",
                            id,
                            id))
                    .isEqualTo(2);
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().get("/api/customers/" + id).then().body("name", equalTo("erased")));
        given().post("/api/customers/" + other + "/erasure").then().statusCode(202);
    }

    @Test
    void whoComesBackIsANewCustomer() {
        Topic.publish("default", Feed.call(UUID.randomUUID(), 1, phone, name, AT));
        String id = idOf(phone);
        String receipt = given().post("/api/customers/" + id + "/erasure")
                .then()
                .extract()
                .path("id");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().get("/api/customers/" + id).then().body("name", equalTo("erased")));
        Topic.publish("default", Feed.call(UUID.randomUUID(), 1, phone, "Nora again", Instant.now()));
        String back = idOf(phone);
        assertThat(back).isNotEqualTo(id);
        given().get("/api/customers/" + back + "/history").then().body("call_count", equalTo(1));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(DB.count(
                                "select count(*) from erased_people where settled_at is not null and erasure_id = cast(? as uuid)",
                                receipt))
                        .isEqualTo(1));
        Topic.publish("default", Feed.counters(phone, 9, 2, 1, Instant.now(), "12.00"));
        await().untilAsserted(() -> given().get("/api/customers/" + back).then().body("total_bookings", equalTo(2)));
        given().post("/api/customers/" + back + "/erasure").then().statusCode(202);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> given().get("/api/customers/" + back).then().body("name", equalTo("erased")));
        // What was counted goes on under the pseudonym, which is the first customer's.
        given().get("/api/customers/" + back)
                .then()
                .body("total_bookings", equalTo(0))
                .body("total_calls", equalTo(0))
                .body("total_spent", equalTo(0.00f))
                .body("last_contact", equalTo(null));
        // The number is kept until the second pass.
        await().untilAsserted(() -> assertThat(traces()).isEmpty());
    }

    /** Asks the agent, before the erasure, what nobody can answer; by voice, which no text of theirs explains. */
    private UUID ask() {
        UUID use = UUID.randomUUID();
        Topic.publish(
                "default", new FaqEvent.Used(AT, use, "voice", null, "I am %s, do you iron?".formatted(name), phone));
        return use;
    }

    private static long questions(UUID use) {
        return DB.count("select count(*) from faq_uses where id = ?", use);
    }

    /** The other four services, which are not here. */
    private static void others(UUID erasure, String customer) {
        String pseudonym = await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> (String) DB.value(
                                "select pseudonym from erased_people where erasure_id = cast(? as uuid)",
                                erasure.toString()),
                        it -> it != null);
        for (String service : List.of("booking-service", "call-service", "sms-service", "analytics-service")) {
            Topic.publish("default", new PrivacyEvent.ErasureDone(Instant.now(), erasure, pseudonym, service, 2));
        }
    }

    /** Everything that was ever said about the person, again; the markers come last. */
    private void replay(String id) {
        for (String topic : List.of("bookings", "calls", "sms-messages", "customer-counters", "customers")) {
            Topic each = Topic.named("frontdesk." + topic);
            each.sendAgain(each.messages().stream()
                    .filter(it -> it.value().contains(phone) || it.value().contains(id))
                    .toList());
        }
        for (int i = 0; i < 6; i++) {
            String marker = Feed.newPhone();
            Topic.publish("default", Feed.call(UUID.randomUUID(), 1, marker, "Marker", AT));
            Topic.publish("default", Feed.booking(UUID.randomUUID(), 1, marker, "Marker", AT));
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(DB.count("select count(*) from timeline where phone = ?", marker))
                            .isEqualTo(2));
        }
    }

    /** The tables in which the number or the name is found, in any column. */
    private List<String> traces() {
        return DB.rows("""
                        select relname::text as name from pg_class
                        where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
                        """).stream()
                .map(row -> (String) row.get("name"))
                .filter(table -> DB.count(
                                "select count(*) from " + table
                                        + " as it where strpos(it::text, ?) > 0 or strpos(it::text, ?) > 0",
                                phone,
                                name)
                        > 0)
                .toList();
    }

    private static String create(String name, String phone) {
        return given().contentType("application/json")
                .body(Map.of("name", name, "phone", phone))
                .post("/api/customers")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static ValidatableResponse merge(String duplicate, String into) {
        return given().contentType("application/json")
                .body(Map.of("into", into))
                .post("/api/customers/" + duplicate + "/merge")
                .then();
    }

    private static String idOf(String phone) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> given().queryParam("phone", phone)
                                .get("/api/customers")
                                .then()
                                .extract()
                                .<String>path("items[0]?.id"),
                        id -> id != null);
    }
}
