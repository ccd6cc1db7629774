package dev.frontdesk.analytics.counting;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.analytics.Told;
import dev.frontdesk.analytics.Wire;
import dev.frontdesk.events.CustomerEvent;
import dev.frontdesk.events.DomainEvent;
import dev.frontdesk.privacy.Pseudonyms;
import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Infrastructure;
import dev.frontdesk.testing.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
class ErasureIT {

    private static final Database ANALYTICS = Database.asSuperuser("analytics");

    @Inject
    Pseudonyms pseudonyms;

    @Test
    void anErasedPersonLeavesTheirNumbersBehindButNotTheirNumber() {
        Instant noon = Instant.parse("2025-11-03T17:00:00Z");
        String ann = Told.someone();
        String pseudonym = pseudonyms.of("default", ann);
        UUID erasure = UUID.randomUUID();
        Told.Call call = Told.call(ann).on(noon);
        List<DomainEvent> past = List.of(
                call.started(),
                call.ended("completed", null),
                Told.booking(ann).on(noon).paid("12.00"));
        DomainEvent late = call.billed("completed", "0.10");
        Wire.send("default", past);
        Wire.settle();
        String before = day();

        Wire.send(
                "default",
                new CustomerEvent.Erased(
                        Instant.parse("2025-12-01T00:00:00Z"), UUID.randomUUID(), erasure, ann, pseudonym));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(counters(pseudonym)).isEqualTo("1 1 12.00"));
        Wire.send("default", past);
        Wire.send("default", late);
        Wire.settle();

        assertThat(day()).isEqualTo(before.replace("\"total_cost\":0.000000", "\"total_cost\":0.100000"));
        assertThat(counters(pseudonym)).isEqualTo("1 1 12.00");
        assertThat(ANALYTICS.count("select count(*) from facts where phone = ?", ann))
                .isZero();
        assertThat(counters(ann)).isNull();
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(
                                Topic.named("frontdesk.customer-counters").messages(erasure.toString()))
                        .anySatisfy(message -> assertThat(message.value())
                                .contains(erasure.toString())
                                .contains("analytics-service")));
    }

    @Test
    void whoeverComesBackIsCountedAnew() {
        Instant before = Instant.parse("2025-11-04T17:00:00Z");
        Instant after = Instant.parse("2025-11-06T17:00:00Z");
        String ann = Told.someone();
        String pseudonym = pseudonyms.of("default", ann);
        Wire.send(
                "default",
                Told.call(ann).on(before).started(),
                Told.call(ann).on(after).started());
        Wire.settle();
        Wire.send(
                "default",
                new CustomerEvent.Erased(
                        Instant.parse("2025-11-05T00:00:00Z"), UUID.randomUUID(), UUID.randomUUID(), ann, pseudonym));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(counters(pseudonym)).isEqualTo("1 0 0.00");
            assertThat(counters(ann)).isEqualTo("1 0 0.00");
        });
    }

    private static String day() {
        return given().get("/api/analytics/daily?from=2025-11-03&to=2025-11-03")
                .then()
                .extract()
                .asString();
    }

    private static String counters(String phone) {
        return (String) ANALYTICS.value(
                "select total_calls || ' ' || total_bookings || ' ' || total_spent from customer_counters where phone = ?",
                phone);
    }
}
