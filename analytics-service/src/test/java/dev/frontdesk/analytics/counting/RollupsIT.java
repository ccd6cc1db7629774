package dev.frontdesk.analytics.counting;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import dev.frontdesk.analytics.Told;
import dev.frontdesk.analytics.Wire;
import dev.frontdesk.events.DomainEvent;
import dev.frontdesk.events.Events;
import dev.frontdesk.events.FaqEvent;
import dev.frontdesk.events.PrivacyEvent;
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
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
class RollupsIT {

    private static final Database ANALYTICS = Database.asSuperuser("analytics");
    private static final Topic COUNTERS = Topic.named("frontdesk.customer-counters");

    @Test
    void aDayAddsUpToTheUnitAndToTheCent() {
        Instant noon = Instant.parse("2025-05-05T16:00:00Z");
        String ann = Told.someone();
        Told.Call call = Told.call(ann).on(noon);
        Told.Call missed = Told.call("anonymous").on(noon);
        Told.Booking booking = Told.booking(ann).on(noon.plusSeconds(60));
        Told.Text text = Told.text(ann).on(noon.plusSeconds(120));
        Wire.send("default", call.started(), call.ended("completed", "positive"), call.billed("completed", "0.321200"));
        Wire.send("default", missed.started(), missed.ended("no-answer", null));
        Wire.send("default", booking.created(), booking.paid("31.00"), booking.cancelledAfterPaying("31.00"));
        Wire.send("default", text.queued(), text.delivered("0.007900"));
        Wire.send("default", Told.text(ann).on(noon.plusSeconds(180)).received());
        Wire.settle();

        String day = given().get("/api/analytics/daily?from=2025-05-05&to=2025-05-05")
                .then()
                .statusCode(200)
                .body("next_cursor", is((Object) null))
                .extract()
                .asString();
        assertThat(day)
                .isEqualTo(
                        "{\"items\":[{\"date\":\"2025-05-05\",\"total_calls\":2,\"total_bookings\":1,\"total_sms\":2,"
                                + "\"total_cost\":0.337000,\"successful_calls\":1,\"failed_calls\":1,\"conversion_rate\":50.00,"
                                + "\"success_rate\":50.00}],\"next_cursor\":null}");
        await().untilAsserted(() -> assertThat(COUNTERS.messages(ann))
                .last()
                .satisfies(message -> assertThat(message.value())
                        .contains("\"total_bookings\": 1", "\"total_calls\": 1", "\"total_spent\": 31.00")
                        .contains("\"last_contact\": \"2025-05-05T16:03:00.000000Z\"")));
    }

    @Test
    void duplicatesDisorderAndReplayChangeNothing() {
        Instant start = Instant.parse("2025-06-01T12:00:00Z");
        List<DomainEvent> events = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            String phone = "+1646555%04d".formatted(i % 37);
            Told.Call call = Told.call(phone).on(start.plusSeconds(i));
            Told.Booking booking = Told.booking(phone).on(start.plusSeconds(i));
            Told.Text text = Told.text(phone).on(start.plusSeconds(i));
            events.addAll(List.of(call.started(), call.ended("failed", null), call.billed("completed", "0.010000")));
            events.addAll(List.of(booking.created(), booking.confirmed(), booking.paid("12.50")));
            events.addAll(List.of(text.queued(), text.delivered("0.007900")));
        }
        for (int round = 0; round < 3; round++) {
            List<DomainEvent> shuffled = new ArrayList<>(events);
            shuffled.addAll(events.subList(0, 500));
            Collections.shuffle(shuffled, new Random(round));
            Wire.send("default", shuffled);
            Wire.settle();

            given().get("/api/analytics/daily?from=2025-06-01&to=2025-06-01")
                    .then()
                    .body("items[0].total_calls", is(400))
                    .body("items[0].successful_calls", is(400))
                    .body("items[0].failed_calls", is(0))
                    .body("items[0].total_bookings", is(400))
                    .body("items[0].total_sms", is(400))
                    .body("items[0].total_cost", is(7.16f));
            assertThat(ANALYTICS.rows(
                            "select sum(total_calls) as calls, sum(total_bookings) as bookings, sum(total_spent)::text as spent"
                                    + " from customer_counters where phone like '+1646555%'"))
                    .containsExactly(Map.of("calls", 400L, "bookings", 400L, "spent", "5000.00"));
            given().get("/api/analytics/consistency?from=2025-06-01&to=2025-06-01")
                    .then()
                    .body("differences.size()", is(0))
                    .body("counters.findAll { it.startsWith('+1646555') }.size()", is(0));
        }
    }

    @Test
    void poisonInABatchGoesAloneToTheDeadLetterTopic() {
        Instant noon = Instant.parse("2025-07-01T16:00:00Z");
        Topic dead = Topic.named("frontdesk.calls.analytics-service.dlq");
        String key = UUID.randomUUID().toString();
        List<DomainEvent> good = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            good.add(Told.call(Told.someone()).on(noon).ended("completed", null));
        }
        Wire.send("default", good.subList(0, 25));
        Wire.sendRaw("frontdesk.calls", key, "{ not json", Told.headers("default", Wire.CALL_ENDED));
        Wire.sendRaw("frontdesk.calls", key, "{}", Told.headers("default", "call.imagined.v1"));
        Wire.sendRaw("frontdesk.calls", key, Events.write(good.get(0)), Told.headers("nobody", Wire.CALL_ENDED));
        Wire.sendRaw("frontdesk.calls", key, null, Told.headers("default", Wire.CALL_ENDED));
        // These can be read, but not be counted: PostgreSQL refuses them.
        Told.Call boundless = Told.call(Told.someone()).on(noon);
        Wire.send("default", boundless.billed("completed", "1e12"));
        Told.Call nul = Told.call(Told.someone()).on(noon);
        Wire.send("default", nul.ended("comp\0leted", null));
        // These are for somebody else and no poison.
        List<DomainEvent> foreign = List.of(
                new PrivacyEvent.ErasureDone(noon, UUID.randomUUID(), "erased-0", "call-service", 1),
                new FaqEvent.Used(noon, UUID.randomUUID(), "voice", null, "Do you iron?", null));
        Wire.send("default", foreign);
        Wire.send("default", good.subList(25, 50));
        Wire.settle();

        given().get("/api/analytics/daily?from=2025-07-01&to=2025-07-01")
                .then()
                .body("items[0].total_calls", is(50))
                .body("items[0].successful_calls", is(50));
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(dead.messages(key))
                    .extracting(message -> message.headers().get("dead-letter-reason"))
                    .anySatisfy(reason -> assertThat(reason).contains("not a call.ended.v1"))
                    .anySatisfy(reason -> assertThat(reason).contains("unknown event type call.imagined.v1"))
                    .anySatisfy(reason -> assertThat(reason).contains("unknown client"))
                    .anySatisfy(reason -> assertThat(reason).contains("the value is missing"))
                    .hasSize(4);
            assertThat(foreign)
                    .allSatisfy(event ->
                            assertThat(dead.messages(event.aggregateId())).isEmpty());
            assertThat(dead.messages(boundless.id().toString())).hasSize(1);
            assertThat(dead.messages(nul.id().toString())).hasSize(1);
        });
    }

    @Test
    void aCallThatTurnsOutToBeSomebodyElsesMovesWithItsLatestContact() {
        Instant early = Instant.parse("2025-08-01T14:00:00Z");
        Instant late = Instant.parse("2025-08-01T18:00:00Z");
        String ann = Told.someone();
        String bob = Told.someone();
        Told.Call mistaken = Told.call(ann).on(late);
        Wire.send("default", Told.call(ann).on(early).ended("completed", null), mistaken.started());
        Wire.settle();
        Wire.send("default", mistaken.from(bob).ended("completed", null));
        Wire.settle();

        assertThat(counters(ann)).isEqualTo("1 2025-08-01 14:00:00");
        assertThat(counters(bob)).isEqualTo("1 2025-08-01 18:00:00");
        await().untilAsserted(() -> assertThat(COUNTERS.messages(ann))
                .last()
                .satisfies(message -> assertThat(message.value()).contains("2025-08-01T14:00:00.000000Z")));
    }

    @Test
    void aCallThatTurnsOutToBeAnotherOneStopsCounting() {
        Instant noon = Instant.parse("2025-08-02T16:00:00Z");
        String ann = Told.someone();
        Told.Call survivor = Told.call(ann).on(noon);
        Told.Call vanished = Told.call(ann).on(noon.plusSeconds(5));
        DomainEvent started = vanished.started();
        DomainEvent ended = vanished.ended("completed", null);
        DomainEvent merged = vanished.mergedInto(survivor);
        Wire.send("default", survivor.ended("completed", null), started);
        Wire.settle();
        given().get("/api/analytics/daily?from=2025-08-02&to=2025-08-02").then().body("items[0].total_calls", is(2));
        Wire.send("default", merged, ended, started);
        Wire.settle();
        given().get("/api/analytics/daily?from=2025-08-02&to=2025-08-02")
                .then()
                .body("items[0].total_calls", is(1))
                .body("items[0].successful_calls", is(1));
        assertThat(counters(ann)).isEqualTo("1 2025-08-02 16:00:00");
        given().get("/api/analytics/consistency?from=2025-08-02&to=2025-08-02")
                .then()
                .body("differences.size()", is(0));
    }

    @Test
    void aBatchOutlivesAnOutageOfTheDatabase() {
        Instant noon = Instant.parse("2025-08-03T16:00:00Z");
        List<DomainEvent> events = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            events.add(Told.call(Told.someone()).on(noon).ended("completed", null));
        }
        Database server = Database.asSuperuser("analytics");
        server.run("alter role analytics_app nologin");
        try {
            server.rows("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'analytics_app'");
            Wire.send("default", events);
            await().atMost(Duration.ofSeconds(20)).until(() -> refusedLogins() > 0);
        } finally {
            server.run("alter role analytics_app login");
        }
        Wire.settle();
        given().get("/api/analytics/daily?from=2025-08-03&to=2025-08-03").then().body("items[0].total_calls", is(30));
        List<String> ids = events.stream().map(DomainEvent::aggregateId).toList();
        assertThat(Topic.named("frontdesk.calls.analytics-service.dlq").messages())
                .noneMatch(message -> ids.contains(message.key()));
    }

    private static int refusedLogins() {
        return given().get("/q/health/ready").statusCode() == 503 ? 1 : 0;
    }

    @Test
    void aLateEveningCallCountsOnTheLocalDay() {
        Instant lateInNewYork = Instant.parse("2025-09-02T03:59:59Z");
        Wire.send("default", Told.call(Told.someone()).on(lateInNewYork).ended("busy", null));
        Wire.send("acme", Told.call(Told.someone()).on(lateInNewYork).ended("busy", null));
        Wire.settle();
        given().get("/api/analytics/daily?from=2025-09-01&to=2025-09-02")
                .then()
                .body("items[0].total_calls", is(0))
                .body("items[1].total_calls", is(1))
                .body("items[1].failed_calls", is(1))
                .body("items[1].conversion_rate", is(0.00f))
                .body("items[0].success_rate", is((Object) null));
        given().header("X-Client-Id", "acme")
                .get("/api/analytics/daily?from=2025-09-01&to=2025-09-02")
                .then()
                .body("items[0].total_calls", is(1))
                .body("items[1].total_calls", is(0));
    }

    private static String counters(String phone) {
        return (String) ANALYTICS.value(
                "select total_calls || ' ' || to_char(last_contact at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS')"
                        + " from customer_counters where phone = ?",
                phone);
    }
}
