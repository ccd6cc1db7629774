package dev.frontdesk.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.testing.Infrastructure;
import dev.frontdesk.testing.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(Shops.class)
class RemindersIT {

    @Inject
    TestClock clock;

    Shop shop;

    @BeforeEach
    void open() {
        clock.set(TestClock.MONDAY);
        shop = Shop.open("reminded", 5);
    }

    @AfterEach
    void back() {
        clock.set(TestClock.MONDAY);
    }

    private static List<String> reminders(String id) {
        return Topic.named("frontdesk.bookings").messages(id).stream()
                .filter(it -> "booking.reminder-due.v1".equals(it.headers().get("ce_type")))
                .map(it -> it.value().replaceAll("(?s).*\"rule\": *\"([^\"]*)\".*", "$1"))
                .toList();
    }

    /** A reminder that was due before this one would be on the topic by now. */
    private void sweepsPass() {
        clock.set(Instant.parse("2026-04-01T14:00:00Z"));
        String marker = shop.booked("2026-04-02", "11:00");
        clock.set(Instant.parse("2026-04-01T15:01:00Z"));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(reminders(marker)).hasSize(1));
    }

    @Test
    void aBookingIsRemindedOfOncePerRule() {
        String id = shop.booked("2026-03-05", "15:00");
        clock.set(Instant.parse("2026-03-04T20:00:30Z"));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(reminders(id)).containsExactly("PT24H"));
        clock.set(Instant.parse("2026-03-05T18:00:30Z"));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(reminders(id)).containsExactly("PT24H", "PT2H"));
        sweepsPass();
        assertThat(reminders(id)).hasSize(2);
    }

    @Test
    void aMovedBookingIsRemindedOfItsNewTime() {
        String id = shop.booked("2026-03-05", "16:00");
        clock.set(Instant.parse("2026-03-04T21:00:30Z"));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(reminders(id)).hasSize(1));
        shop.post(
                        "/api/bookings/%s/reschedule".formatted(id),
                        Map.of("appointment_date", "2026-03-10", "appointment_time", "16:00"))
                .statusCode(200);
        clock.set(Instant.parse("2026-03-09T20:01:00Z"));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(reminders(id)).containsExactly("PT24H", "PT24H"));
    }

    @Test
    void afterAnOutageOnlyWhatIsStillUsefulIsSaid() {
        String soon = shop.booked("2026-03-12", "13:00");
        String begun = shop.booked("2026-03-12", "11:00");
        String cancelled = shop.booked("2026-03-12", "13:00");
        shop.post("/api/bookings/%s/cancellation".formatted(cancelled)).statusCode(200);
        clock.set(Instant.parse("2026-03-12T15:30:00Z"));
        String late = shop.booked("2026-03-12", "13:00");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(reminders(soon)).containsExactly("PT2H"));
        sweepsPass();
        assertThat(reminders(soon)).containsExactly("PT2H");
        assertThat(reminders(begun)).isEmpty();
        assertThat(reminders(cancelled)).isEmpty();
        assertThat(reminders(late)).isEmpty();
    }

    /** As two schedulers would see it of which one is an hour ahead and the other an hour behind. */
    @Test
    void clocksThatDisagreeRemindOnce() {
        String id = shop.booked("2026-03-06", "15:00");
        for (String now : List.of("2026-03-05T20:00:30Z", "2026-03-05T19:00:30Z", "2026-03-05T21:00:30Z")) {
            clock.set(Instant.parse(now));
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(reminders(id)).containsExactly("PT24H"));
        }
        sweepsPass();
        assertThat(reminders(id)).hasSize(1);
    }

    /** Reminders are due two hours before nine, at seven, and wait for the eight o'clock of the day's own time. */
    @ParameterizedTest
    @CsvSource({"2026-03-08, 2026-03-08T12:00:00Z", "2026-11-01, 2026-11-01T13:00:00Z"})
    void onTheDayTheClocksChangeTheNightEndsAtEightOfTheNewTime(String day, Instant eight) {
        clock.set(eight.minus(Duration.ofDays(3)));
        String id = shop.booked(day, "09:00");
        String marker = Shop.open("reminded-berlin", 1).booked(day, "14:30");
        clock.set(eight.minusSeconds(20));
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(reminders(marker)).hasSize(1));
        assertThat(reminders(id)).isEmpty();
        clock.set(eight);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(reminders(id)).containsExactly("PT2H"));
    }

    @Test
    void nobodyIsRemindedAtNight() {
        String id = shop.booked("2026-03-18", "08:30");
        // 22:00 in New York, within 24 hours of the appointment.
        clock.set(Instant.parse("2026-03-18T02:00:00Z"));
        clock.set(Instant.parse("2026-03-18T11:59:00Z"));
        assertThat(reminders(id)).isEmpty();
        clock.set(Instant.parse("2026-03-18T12:01:00Z"));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(reminders(id)).containsExactly("PT2H"));
    }
}
