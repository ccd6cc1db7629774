package dev.frontdesk.sms;

import static dev.frontdesk.testing.Topic.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.events.BookingEvent;
import dev.frontdesk.events.BookingSnapshot;
import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A booking from its creation to its reminder, over the night in which the clocks go back, every event told twice. */
@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(TwilioServer.class)
class ReminderJourneyIT {

    private static final Database SMS = Database.asSuperuser("sms");
    private static final String NEW_YORK = "America/New_York";
    /** Thursday, 10 in the morning of New York's summer time, which ends on Sunday, November 1. */
    private static final Instant THURSDAY = Instant.parse("2026-10-29T14:00:00Z");
    /** Friday, 3 in the afternoon of summer time. */
    private static final Instant FRIDAY_AT_3 = Instant.parse("2026-10-30T19:00:00Z");
    /** Monday, 3 in the afternoon of winter time. */
    private static final Instant MONDAY_AT_3 = Instant.parse("2026-11-02T20:00:00Z");

    private final UUID id = UUID.randomUUID();
    private final String phone = Twilio.phone();

    @Inject
    TestClock clock;

    @BeforeAll
    static void patience() {
        org.awaitility.Awaitility.setDefaultTimeout(Duration.ofSeconds(20));
    }

    @AfterEach
    void now() {
        clock.reset();
    }

    @ParameterizedTest
    @ValueSource(strings = {"voice", "manual", "sms"})
    void isConfirmedOnceAndRemindedOfOnceWhereverItCameFrom(String source) {
        clock.set(THURSDAY);
        BookingSnapshot friday = booking(1, 1, FRIDAY_AT_3, "pending", source);
        twice(new BookingEvent.Created(THURSDAY, friday));
        await().untilAsserted(() -> assertThat(texts()).hasSize(1));
        assertThat(texts().get(0)).contains("Regular wash on Fri, Oct 30 at 03:00 PM");

        BookingSnapshot monday = booking(2, 2, MONDAY_AT_3, "pending", source);
        twice(new BookingEvent.Rescheduled(THURSDAY, FRIDAY_AT_3, monday));
        await().untilAsserted(() -> assertThat(texts()).hasSize(2));
        assertThat(texts().get(1)).contains("is now on Mon, Nov 2 at 03:00 PM");

        // The old time's reminder was on its way when the booking moved.
        twice(new BookingEvent.ReminderDue(THURSDAY, "PT24H", friday));
        // 24 hours before is Sunday, 3 in the afternoon, after the clocks have changed.
        Instant sunday = MONDAY_AT_3.minus(Duration.ofHours(24));
        clock.set(sunday);
        twice(new BookingEvent.ReminderDue(sunday, "PT24H", booking(3, 2, MONDAY_AT_3, "pending", source)));
        await().untilAsserted(() -> assertThat(texts()).hasSize(3));
        assertThat(texts().get(2)).contains("reminder of your Regular wash on Mon, Nov 2 at 03:00 PM");

        clock.set(MONDAY_AT_3.minus(Duration.ofHours(1)));
        publish(
                "default",
                new BookingEvent.Cancelled(clock.instant(), booking(4, 2, MONDAY_AT_3, "cancelled", source)));
        twice(new BookingEvent.ReminderDue(sunday, "PT2H", booking(3, 2, MONDAY_AT_3, "pending", source)));
        await().untilAsserted(() -> assertThat(texts()).hasSize(4));
        assertThat(texts().get(3)).contains("is cancelled");
        markerPasses();
        assertThat(texts()).hasSize(4);
        assertThat(SMS.count("select count(*) from sms_messages where booking_id = ? and status = 'queued'", id))
                .isZero();
    }

    @Test
    void aReminderDueInTheNightOfTheChangeComesAtEightWinterTime() {
        Instant night = Instant.parse("2026-11-01T05:30:00Z");
        clock.set(night);
        twice(new BookingEvent.ReminderDue(night, "PT24H", booking(2, 1, MONDAY_AT_3, "pending", "voice")));
        await().untilAsserted(() -> assertThat(SMS.rows(
                        "select to_char(due_at at time zone 'America/New_York', 'Dy HH24:MI') as local, due_at - ?::timestamptz = interval '7 hours 30 minutes' as later"
                                + " from sms_messages where booking_id = ?",
                        night.toString(),
                        id))
                .containsExactly(java.util.Map.of("local", "Sun 08:00", "later", true)));
        clock.set(Instant.parse("2026-11-01T13:00:01Z"));
        await().untilAsserted(() -> assertThat(texts()).hasSize(1));
    }

    private BookingSnapshot booking(long version, long timeVersion, Instant at, String status, String source) {
        return Bookings.booking(id, version, timeVersion, phone, at, NEW_YORK, status, source);
    }

    private static void twice(BookingEvent event) {
        publish("default", event);
        publish("default", event);
    }

    /** What was told before on the same key has been dealt with when this one has. */
    private void markerPasses() {
        String other = Twilio.phone();
        BookingSnapshot marker = Bookings.booking(id, 5, 3, other, MONDAY_AT_3, NEW_YORK, "pending", "voice");
        publish("default", new BookingEvent.Rescheduled(clock.instant(), MONDAY_AT_3, marker));
        await().untilAsserted(() -> assertThat(TwilioServer.received(other)).hasSize(1));
    }

    private List<String> texts() {
        return TwilioServer.received(phone).stream()
                .map(it -> it.get("body").toString())
                .toList();
    }
}
