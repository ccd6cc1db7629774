package dev.frontdesk.booking;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.frontdesk.events.SmsEvent;
import dev.frontdesk.events.SmsSnapshot;
import dev.frontdesk.testing.Infrastructure;
import dev.frontdesk.testing.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(Shops.class)
class TextsSentIT {

    @Inject
    TestClock clock;

    Shop shop;

    @BeforeEach
    void open() {
        clock.set(TestClock.MONDAY);
        shop = Shop.open("random", 1);
    }

    /** Partitions follow the key: with one key, a later event is seen after the earlier ones. */
    private static void sent(String client, UUID text, String booking, long timeVersion, String purpose) {
        SmsEvent event = new SmsEvent.Sent(
                Instant.now(),
                new SmsSnapshot(
                        text,
                        2,
                        "+14155550123",
                        "outbound",
                        "sent",
                        UUID.fromString(booking),
                        timeVersion,
                        purpose,
                        null,
                        1,
                        null,
                        Instant.now()));
        Topic.publish(client, event);
    }

    @Test
    void aConfirmationAndAReminderAreTickedForTheTimeTheySpeakOf() {
        String id = shop.booked("2026-03-03", "10:00");
        UUID text = UUID.randomUUID();
        sent("random", text, id, 1, "confirmation");
        sent("random", text, id, 1, "confirmation");
        sent("random", text, id, 1, "reminder");
        await().untilAsserted(() -> shop.get("/api/bookings/" + id)
                .body("confirmation_sent", equalTo(true))
                .body("reminder_sent", equalTo(true))
                .header("ETag", "\"1\""));

        shop.post(
                        "/api/bookings/%s/reschedule".formatted(id),
                        Map.of("appointment_date", "2026-03-03", "appointment_time", "12:00"))
                .body("confirmation_sent", equalTo(false))
                .body("reminder_sent", equalTo(false));
        sent("random", text, id, 1, "reminder");
        sent("random", text, id, 2, "change");
        await().untilAsserted(() -> shop.get("/api/bookings/" + id)
                .body("confirmation_sent", equalTo(true))
                .body("reminder_sent", equalTo(false)));
    }

    @Test
    void anotherClientsTextTicksNothing() {
        String id = shop.booked("2026-03-03", "14:00");
        UUID text = UUID.randomUUID();
        sent("acme", text, id, 1, "confirmation");
        sent("random", text, id, 1, "reminder");
        await().untilAsserted(() -> shop.get("/api/bookings/" + id)
                .body("reminder_sent", equalTo(true))
                .body("confirmation_sent", equalTo(false)));
    }
}
