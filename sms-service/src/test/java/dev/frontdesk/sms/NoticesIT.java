package dev.frontdesk.sms;

import static dev.frontdesk.sms.Bookings.booking;
import static dev.frontdesk.testing.Topic.publish;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.frontdesk.events.BookingEvent;
import dev.frontdesk.events.BookingSnapshot;
import dev.frontdesk.events.CallEvent;
import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Infrastructure;
import dev.frontdesk.testing.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(TwilioServer.class)
class NoticesIT {

    private static final Database SMS = Database.asSuperuser("sms");
    private static final String NEW_YORK = "America/New_York";
    /** Saturday noon; the clocks go forward in the night. */
    private static final Instant SATURDAY = Instant.parse("2026-03-07T17:00:00Z");

    private static final Instant MONDAY = Instant.parse("2026-03-09T19:00:00Z");

    private final LocalDate day = LocalDate.now(ZoneId.of(NEW_YORK));
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

    @Test
    void aBookingIsConfirmedOnceAndAgainWhenItsTimeChanges() {
        clock.set(SATURDAY);
        BookingEvent created = new BookingEvent.Created(SATURDAY, pending(1, 1, MONDAY));
        publish("default", created);
        publish("default", created);
        await().untilAsserted(() -> assertThat(texts()).hasSize(1));
        assertThat(texts().get(0).get("body"))
                .isEqualTo("Clean & Fold: Regular wash on Mon, Mar 9 at 03:00 PM, ref ABC234."
                        + " Reply C to confirm, R to reschedule, X to cancel. STOP to opt out.");
        Instant tuesday = MONDAY.plus(Duration.ofDays(1));
        publish("default", new BookingEvent.Rescheduled(SATURDAY, MONDAY, pending(2, 2, tuesday)));
        publish("default", created);
        await().untilAsserted(() -> assertThat(texts()).hasSize(2));
        assertThat(texts().get(1).get("body").toString()).contains("is now on Tue, Mar 10 at 03:00 PM");
        assertThat(SMS.rows(
                        "select purpose, booking_time_version from sms_messages where booking_id = ? order by created_at",
                        id))
                .containsExactly(
                        Map.of("purpose", "confirmation", "booking_time_version", 1L),
                        Map.of("purpose", "confirmation", "booking_time_version", 2L));
        await().untilAsserted(() -> assertThat(Topic.named("frontdesk.sms-messages").messages().stream()
                        .filter(it -> it.value().contains(id.toString()))
                        .filter(it -> "sms.sent.v1".equals(it.headers().get("ce_type"))))
                .hasSize(2)
                .allMatch(it -> it.value().contains("\"purpose\": \"confirmation\"")
                        || it.value().contains("\"purpose\":\"confirmation\"")));
    }

    @Test
    void aReminderDueAtNightWaitsForTheMorningAcrossTheClockChange() {
        Instant midnight = Instant.parse("2026-03-08T05:00:00Z");
        clock.set(midnight);
        publish("default", new BookingEvent.ReminderDue(midnight, "PT24H", pending(3, 1, MONDAY)));
        await().untilAsserted(() -> assertThat(SMS.count("select count(*) from sms_messages where booking_id = ?", id))
                .isEqualTo(1));
        Instant eight = Instant.parse("2026-03-08T12:00:00Z");
        assertThat(SMS.count(
                        "select count(*) from sms_messages where booking_id = ? and due_at = ?::timestamptz and status = 'queued'",
                        id,
                        eight.toString()))
                .isEqualTo(1);
        assertThat(texts()).isEmpty();
        clock.set(eight.plusSeconds(1));
        await().untilAsserted(() -> assertThat(texts()).hasSize(1));
        assertThat(texts().get(0).get("body").toString()).contains("reminder of your Regular wash on Mon, Mar 9");
    }

    @Test
    void aReminderOfATimeThatWasGivenUpIsHeldBack() {
        Instant night = Instant.parse("2026-03-08T03:00:00Z");
        clock.set(night);
        publish("default", new BookingEvent.ReminderDue(night, "PT24H", pending(3, 1, MONDAY)));
        publish("default", new BookingEvent.Rescheduled(night, MONDAY, pending(4, 2, MONDAY.plusSeconds(7200))));
        publish("default", new BookingEvent.ReminderDue(night, "PT24H", pending(5, 2, MONDAY.plusSeconds(7200))));
        await().untilAsserted(() -> assertThat(purposes("queued")).hasSize(2));
        clock.set(Instant.parse("2026-03-08T12:30:00Z"));
        await().untilAsserted(() -> assertThat(purposes("queued")).isEmpty());
        assertThat(SMS.rows("select error_code from sms_messages where booking_id = ? and status = 'failed'", id))
                .containsExactly(Map.of("error_code", "superseded"));
        assertThat(texts())
                .filteredOn(it -> it.get("body").toString().contains("reminder"))
                .hasSize(1);
    }

    @Test
    void aCancelledBookingIsRemindedOfNoMore() {
        Instant night = Instant.parse("2026-03-08T03:00:00Z");
        clock.set(night);
        publish("default", new BookingEvent.ReminderDue(night, "PT24H", pending(3, 1, MONDAY)));
        publish("default", new BookingEvent.Cancelled(night, booking(id, 4, 1, phone, MONDAY, NEW_YORK, "cancelled")));
        await().untilAsserted(() -> assertThat(texts()).hasSize(1));
        assertThat(texts().get(0).get("body").toString()).contains("is cancelled");
        clock.set(Instant.parse("2026-03-08T12:30:00Z"));
        await().untilAsserted(() -> assertThat(purposes("queued")).isEmpty());
        assertThat(texts()).hasSize(1);
    }

    @Test
    void aMissedCallIsTextedBackOncePerDay() {
        clock.set(SATURDAY);
        publish("default", ended("no-answer"));
        publish("default", ended("busy"));
        publish("default", ended("completed"));
        await().untilAsserted(() -> assertThat(texts()).hasSize(1));
        assertThat(texts().get(0).get("body").toString()).contains("sorry we missed your call");
        publish("default", new BookingEvent.Created(SATURDAY, pending(1, 1, MONDAY)));
        await().untilAsserted(() -> assertThat(texts()).hasSize(2));
        assertThat(SMS.count(
                        "select count(*) from sms_messages where phone_number = ? and purpose = 'text-back'", phone))
                .isEqualTo(1);
    }

    @Test
    void aTextBackThatTheProviderPutOffIntoTheNightWaitsForTheMorning() {
        TwilioServer.behave(phone, "unauthorized", 1, 0);
        clock.set(today(20, 57));
        publish("default", Calls.ended(phone, "no-answer", clock.instant()));
        await().untilAsserted(() -> assertThat(errors("queued")).containsExactly("20003"));
        clock.set(today(21, 3));
        waitsForTheMorning();
        assertThat(TwilioServer.posts(phone)).isEqualTo(1);
        clock.set(today(24 + 8, 1));
        await().untilAsserted(() -> assertThat(texts()).hasSize(1));
    }

    @Test
    void theSecondChanceOfAReminderWaitsForTheMorningToo() {
        clock.set(today(20, 45));
        publish("default", new BookingEvent.ReminderDue(clock.instant(), "PT24H", pending(3, 1, today(48 + 15, 0))));
        await().untilAsserted(() -> assertThat(
                        SMS.count("select count(*) from sms_messages where booking_id = ? and status = 'sent'", id))
                .isEqualTo(1));
        SMS.run(
                "update sms_messages set created_at = ?::timestamptz where booking_id = ?",
                clock.instant().toString(),
                id);
        String sid = texts().get(0).get("sid").toString();
        Twilio.DEFAULT
                .post(
                        "/webhooks/twilio/default/sms/status",
                        Twilio.DEFAULT.form("sms-status-undelivered.form", Map.of("MessageSid", sid, "SmsSid", sid)))
                .then()
                .statusCode(200);
        clock.set(today(21, 16));
        waitsForTheMorning();
        assertThat(texts()).hasSize(1);
        clock.set(today(24 + 8, 1));
        await().untilAsserted(() -> assertThat(texts()).hasSize(2));
    }

    @Test
    void aClientsOwnWordsAreUsed() {
        given().header("X-Client-Id", "acme")
                .contentType("application/json")
                .body(Map.of("body", "Hallo {{customer_name}}, {{date}} {{time}}: {{service}}"))
                .patch("/api/sms/templates/confirmation")
                .then()
                .statusCode(200)
                .body("is_default", equalTo(false))
                .body("segments", equalTo(1));
        given().header("X-Client-Id", "acme")
                .contentType("application/json")
                .body(Map.of("body", "Hallo {{name}}"))
                .patch("/api/sms/templates/confirmation")
                .then()
                .statusCode(422)
                .body("violations[0].field", equalTo("body"));
        given().get("/api/sms/templates")
                .then()
                .statusCode(200)
                .body("items.purpose", hasItem("text-back"))
                .body("items.find { it.purpose == 'confirmation' }.is_default", equalTo(true));
        clock.set(SATURDAY);
        publish(
                "acme",
                new BookingEvent.Created(SATURDAY, booking(id, 1, 1, phone, MONDAY, "Europe/Berlin", "pending")));
        await().untilAsserted(() -> assertThat(texts()).hasSize(1));
        assertThat(texts().get(0).get("body")).isEqualTo("Hallo Maria Lopez, Mon, Mar 9 08:00 PM: Regular wash");
        given().header("X-Client-Id", "acme")
                .delete("/api/sms/templates/confirmation")
                .then()
                .statusCode(204);
    }

    @Test
    void whatCannotBeReadGoesToTheDeadLettersAndTheRestFlows() {
        clock.set(SATURDAY);
        Topic.named("frontdesk.bookings")
                .send(
                        id.toString(),
                        "{broken",
                        Map.of("ce_type", "booking.created.v1", "ce_clientid", "default", "ce_id", "x"));
        publish("default", new BookingEvent.Created(SATURDAY, pending(1, 1, MONDAY)));
        await().untilAsserted(() -> assertThat(texts()).hasSize(1));
        await().untilAsserted(() -> assertThat(
                        Topic.named("frontdesk.bookings.sms-service.dlq").messages(id.toString()))
                .hasSize(1));
    }

    private void waitsForTheMorning() {
        await().untilAsserted(() -> assertThat(errors("queued")).containsExactly("quiet-hours"));
        assertThat(SMS.count(
                        "select count(*) from sms_messages where phone_number = ? and due_at = ?::timestamptz",
                        phone,
                        today(24 + 8, 0).toString()))
                .isEqualTo(1);
    }

    private List<Object> errors(String status) {
        return SMS
                .rows("select error_code from sms_messages where phone_number = ? and status = ?", phone, status)
                .stream()
                .map(it -> it.get("error_code"))
                .toList();
    }

    /** So many hours into today, where the client is: the database, whose clock nobody moves, says when a text was made. */
    private Instant today(int hour, int minute) {
        return day.plusDays(hour / 24)
                .atTime(hour % 24, minute)
                .atZone(ZoneId.of(NEW_YORK))
                .toInstant();
    }

    private BookingSnapshot pending(long version, long timeVersion, Instant at) {
        return booking(id, version, timeVersion, phone, at, NEW_YORK, "pending");
    }

    private CallEvent ended(String status) {
        return Calls.ended(phone, status, SATURDAY);
    }

    private List<Map<String, Object>> texts() {
        return TwilioServer.received(phone);
    }

    private List<Map<String, Object>> purposes(String status) {
        return SMS.rows(
                "select purpose from sms_messages where booking_id = ? and status = ? and purpose = 'reminder'",
                id,
                status);
    }
}
