package dev.frontdesk.customer;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Infrastructure;
import dev.frontdesk.testing.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
class EncountersIT {

    private static final Database DB = Database.asSuperuser("customer");
    private static final Instant AT = Instant.parse("2026-03-02T15:00:00Z");

    private final String phone = Feed.newPhone();

    @Test
    void fiveSpellingsFromEachOfFiveSourcesInParallelAreOneCustomerWithTheRightCounters() {
        String area = phone.substring(2, 5);
        String office = phone.substring(5, 8);
        String line = phone.substring(8);
        String national = "(%s) %s-%s".formatted(area, office, line);
        List<String> spellings = List.of(
                phone,
                national,
                "1-%s-%s-%s".formatted(area, office, line),
                "tel:" + phone,
                area + "." + office + "." + line);
        List<Runnable> sources = new ArrayList<>();
        for (String spelling : spellings) {
            sources.add(() -> Topic.publish("default", Feed.booking(UUID.randomUUID(), 1, spelling, "Ann Lee", AT)));
            sources.add(() ->
                    Topic.publish("default", Feed.call(UUID.randomUUID(), 3, spelling, "ann", AT.plusSeconds(60))));
            sources.add(() -> Topic.publish("default", Feed.text(UUID.randomUUID(), 1, spelling, AT.plusSeconds(120))));
            sources.add(() -> Topic.publish(
                    "default", Feed.counters(phone, sources.size(), 5, 5, AT.plusSeconds(120), "155.00")));
            sources.add(() -> given().contentType("application/json")
                    .body("{\"name\": \"Ann M. Lee\", \"phone\": \"" + spelling + "\"}")
                    .post("/api/customers")
                    .then()
                    .statusCode(anyOf(is(201), is(409))));
        }
        Collections.shuffle(sources);
        CompletableFuture.allOf(
                        sources.stream().map(CompletableFuture::runAsync).toArray(CompletableFuture[]::new))
                .join();

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> given().queryParam("phone", national)
                        .get("/api/customers")
                        .then()
                        .statusCode(200)
                        .body("items", hasSize(1))
                        .body("items[0].phone", equalTo(phone))
                        .body("items[0].total_bookings", equalTo(5))
                        .body("items[0].total_calls", equalTo(5))
                        .body("items[0].total_spent", equalTo(155.00f))
                        .body("items[0].last_contact", equalTo("2026-03-02T15:02:00Z")));
        assertThat(DB.count("select count(*) from customers where phone = ?", phone))
                .isEqualTo(1);
        await().untilAsserted(() -> assertThat(DB.count("select count(*) from timeline where phone = ?", phone))
                .isEqualTo(15));
    }

    @Test
    void theHistoryIsCompleteInOrderAndTheSameAfterAReplay() {
        UUID booking = UUID.randomUUID();
        UUID call = UUID.randomUUID();
        UUID text = UUID.randomUUID();
        Stream<Runnable> story = Stream.of(
                () -> Topic.publish("default", Feed.call(call, 2, phone, "bob", AT)),
                () -> Topic.publish("default", Feed.text(text, 1, phone, AT.plusSeconds(300))),
                () -> Topic.publish("default", Feed.booking(booking, 1, phone, "Bob Stone", AT.plusSeconds(30))),
                // A replay, and an older version than the one known.
                () -> Topic.publish("default", Feed.text(text, 1, phone, AT.plusSeconds(300))),
                () -> Topic.publish("default", Feed.call(call, 1, phone, "Robert", AT.plusSeconds(900))));
        story.forEach(Runnable::run);
        String marker = Feed.newPhone();
        Topic.publish("default", Feed.call(call, 1, phone, "late", AT));
        Topic.publish("default", Feed.text(UUID.randomUUID(), 1, marker, AT));
        String id = idOf("default", phone, "Bob Stone");
        idOf("default", marker, "");

        await().untilAsserted(() -> given().get("/api/customers/" + id + "/history")
                .then()
                .statusCode(200)
                .body("id", equalTo(id))
                .body("name", equalTo("Bob Stone"))
                .body("booking_count", equalTo(1))
                .body("call_count", equalTo(1))
                .body("timeline.kind", contains("text", "booking", "call"))
                .body("timeline.id", contains(text.toString(), booking.toString(), call.toString()))
                .body("timeline[0].at", equalTo("2026-03-02T15:05:00Z"))
                .body("timeline[1].summary", equalTo("Regular pickup on 2026-03-09 at 10:00 AM, pending (K7M2QX)"))
                .body("timeline[2].summary", equalTo("Inbound call, completed, 3 min 5 s"))
                .body("next_cursor", equalTo(null)));
        String cursor = given().queryParam("limit", 2)
                .get("/api/customers/" + id + "/history")
                .then()
                .body("timeline.kind", contains("text", "booking"))
                .extract()
                .path("next_cursor");
        given().queryParam("limit", 2)
                .queryParam("cursor", cursor)
                .get("/api/customers/" + id + "/history")
                .then()
                .body("timeline.kind", contains("call"));
    }

    @Test
    void aNameIsLearntOnceAndNotOverwrittenByAWorseOne() {
        Topic.publish("default", Feed.text(UUID.randomUUID(), 1, phone, AT));
        String id = idOf("default", phone, "");
        Topic.publish("default", Feed.call(UUID.randomUUID(), 1, phone, "carla", AT));
        idOf("default", phone, "carla");
        Topic.publish("default", Feed.booking(UUID.randomUUID(), 1, phone, "Carla Diaz", AT));
        idOf("default", phone, "Carla Diaz");
        Topic.publish("default", Feed.call(UUID.randomUUID(), 1, phone, "unknown", AT));
        Topic.publish("default", Feed.booking(UUID.randomUUID(), 1, phone, "C.", AT));
        await().untilAsserted(() -> assertThat(DB.count("select count(*) from timeline where phone = ?", phone))
                .isEqualTo(5));
        idOf("default", phone, "Carla Diaz");
        await().untilAsserted(
                        () -> assertThat(Topic.named("frontdesk.customers").messages(id))
                                .extracting(it -> it.headers().get("ce_type"))
                                .containsExactly("customer.created.v1", "customer.updated.v1", "customer.updated.v1"));
    }

    @Test
    void countersOfAnyVersionBeforeOrAfterTheCustomerAreTheLatest() {
        Topic.publish("default", Feed.counters(phone, 5, 2, 3, AT, "40.00"));
        await().untilAsserted(() -> assertThat(DB.count("select count(*) from phone_counters where phone = ?", phone))
                .isEqualTo(1));
        Topic.publish("default", Feed.counters(phone, 4, 1, 1, AT, "10.00"));
        Topic.publish("default", Feed.call(UUID.randomUUID(), 1, phone, "dee", AT));
        String id = idOf("default", phone, "dee");
        given().get("/api/customers/" + id)
                .then()
                .body("total_bookings", equalTo(2))
                .body("total_calls", equalTo(3))
                .body("total_spent", equalTo(40.00f));
        Topic.publish("default", Feed.counters(phone, 6, 3, 3, AT.plusSeconds(5), "71.50"));
        await().untilAsserted(() -> given().get("/api/customers/" + id)
                .then()
                .body("total_bookings", equalTo(3))
                .body("total_spent", equalTo(71.50f))
                .body("last_contact", equalTo("2026-03-02T15:00:05Z")));
    }

    @Test
    void aCustomerWrittenByStaffHasTheCountersThatCameBefore() {
        Topic.publish("default", Feed.counters(phone, 2, 1, 2, AT, "12.50"));
        await().untilAsserted(() -> assertThat(DB.count("select count(*) from phone_counters where phone = ?", phone))
                .isEqualTo(1));
        given().contentType("application/json")
                .body("{\"name\": \"Ida\", \"phone\": \"" + phone + "\"}")
                .post("/api/customers")
                .then()
                .statusCode(201)
                .body("total_calls", equalTo(2))
                .body("total_spent", equalTo(12.50f));
    }

    @Test
    void theSameNumberIsAnotherCustomerAtAnotherClient() {
        Topic.publish("default", Feed.call(UUID.randomUUID(), 1, phone, "eve", AT));
        Topic.publish("acme", Feed.booking(UUID.randomUUID(), 1, phone, "Eva", AT));
        String here = idOf("default", phone, "eve");
        String there = idOf("acme", phone, "Eva");
        assertThat(here).isNotEqualTo(there);
        given().header("X-Client-Id", "acme")
                .get("/api/customers/" + here)
                .then()
                .statusCode(404);
        given().header("X-Client-Id", "acme")
                .get("/api/customers/" + here + "/history")
                .then()
                .statusCode(404);
    }

    @Test
    void aWithheldNumberIsNobody() {
        long before = DB.count("select count(*) from customers where phone !~ '^[+]'");
        Topic.publish("default", Feed.call(UUID.randomUUID(), 1, "anonymous", "x", AT));
        Topic.publish("default", Feed.call(UUID.randomUUID(), 1, null, "y", AT));
        Topic.publish("default", Feed.call(UUID.randomUUID(), 1, phone, "zoe", AT));
        idOf("default", phone, "zoe");
        assertThat(DB.count("select count(*) from customers where phone !~ '^[+]'"))
                .isEqualTo(before);
    }

    private static String idOf(String client, String phone, String name) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> given().header("X-Client-Id", client)
                                .queryParam("phone", phone)
                                .get("/api/customers")
                                .then()
                                .extract()
                                .<String>path("items.find { it.name == '" + name + "' }?.id"),
                        id -> id != null);
    }
}
