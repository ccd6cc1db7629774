package dev.frontdesk.sms;

import static dev.frontdesk.sms.Staff.write;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Floods, loops and pumping: what is too much waits or fails, says so, and takes nothing from anybody else. */
@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(TwilioServer.class)
class LimitsIT {

    private static final Database SMS = Database.asSuperuser("sms");
    private static final String QUEUE =
            "insert into sms_messages (client_id, created_at, phone_number, direction, message_body, status, purpose, handover, due_at)"
                    + " select 'acme', at, ?, 'outbound', 'text ' || n, 'queued', ?, 'waiting', at"
                    + " from (select ?::timestamptz as at) moment, generate_series(1, ?) n";

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
        SMS.run("delete from send_counters");
    }

    @Test
    void aFloodToOneNumberWaitsForTheNextHourAndTakesNothingFromOthers() {
        // An hour of its own, far from other tests; answers to what they wrote may still go out in it.
        Instant hour = Instant.parse("2026-06-03T12:30:00Z");
        clock.set(hour);
        SMS.run(QUEUE, phone, "staff", hour.toString(), 120);
        await().untilAsserted(() -> assertThat(waiting()).isEqualTo(20));
        assertThat(TwilioServer.received(phone)).hasSize(100);
        assertThat(counted("number " + phone, hour)).isEqualTo(100);
        // The twenty that wait have used nothing up.
        assertThat(counted("prefix " + phone.substring(0, phone.length() - 4), hour))
                .isEqualTo(100);
        given().header("X-Client-Id", "acme")
                .queryParam("phone", phone)
                .queryParam("status", "queued")
                .queryParam("limit", 1)
                .get("/api/sms/messages")
                .then()
                .body("items[0].error_code", equalTo("rate-limited"))
                .body("items[0].reason", startsWith("too many texts"))
                .body("items[0].due_at", equalTo("2026-06-03T13:00:00Z"));
        clock.set(hour.plus(Duration.ofMinutes(31)));
        // Received is not yet written down; and within a minute some are known to be delivered.
        await().untilAsserted(() -> assertThat(SMS.count(
                        "select count(*) from sms_messages where phone_number = ? and status in ('sent', 'delivered') and error_code is null",
                        phone))
                .isEqualTo(120));
        assertThat(TwilioServer.received(phone)).hasSize(120);
    }

    @Test
    void whatAFloodHasWaitingIsHeldTogetherAndKeepsNobodyWaiting() {
        Instant hour = Instant.parse("2026-06-07T12:30:00Z");
        clock.set(hour);
        SMS.run(
                "insert into send_counters (client_id, scope, window_start, count) values ('acme', ?, '2026-06-07T12:00:00Z', 1000)",
                "prefix " + phone.substring(0, phone.length() - 4));
        SMS.run(QUEUE, phone, "staff", hour.toString(), 500);
        await().untilAsserted(() -> assertThat(waiting()).isEqualTo(500));
        assertThat(SMS.count("select count(*) from sms_messages where phone_number = ? and attempts = 0", phone))
                .isGreaterThan(450);
        assertThat(TwilioServer.posts(phone)).isZero();
    }

    @Test
    void repliesToAFloodFailAndSayWhy() {
        Instant hour = Instant.parse("2026-06-04T12:30:00Z");
        clock.set(hour);
        SMS.run(QUEUE, phone, "reply", hour.toString(), 110);
        await().untilAsserted(() -> assertThat(SMS.count(
                        "select count(*) from sms_messages where phone_number = ? and status = 'failed' and error_code = 'rate-limited'",
                        phone))
                .isEqualTo(10));
        assertThat(TwilioServer.received(phone)).hasSize(100);
    }

    @Test
    void theDaysMoneySpentMeansTomorrowWhereTheClientIs() {
        // A day of its own, which began at four.
        clock.set(Instant.parse("2026-06-06T12:30:00Z"));
        SMS.run(
                "insert into send_counters (client_id, scope, window_start, count) values ('default', 'spend', '2026-06-06T04:00:00Z', 2500000)");
        String id = write(phone, "one too many");
        await().untilAsserted(() -> Staff.get(id)
                .body("status", equalTo("queued"))
                .body("error_code", equalTo("rate-limited"))
                .body("due_at", equalTo("2026-06-07T04:00:00Z")));
        assertThat(TwilioServer.posts(phone)).isZero();
        assertThat(given().get("/q/metrics").asString())
                .contains("frontdesk_sms_limited_total{client=\"default\",scope=\"spend\"}");
    }

    @Test
    void neighboursShareALimit() {
        clock.set(Instant.parse("2026-06-08T12:30:00Z"));
        SMS.run(
                "insert into send_counters (client_id, scope, window_start, count) values ('default', ?, '2026-06-08T12:00:00Z', 1000)",
                "prefix " + phone.substring(0, phone.length() - 4));
        String id = write(phone, "one too many");
        await().untilAsserted(() -> Staff.get(id).body("error_code", equalTo("rate-limited")));
        assertThat(TwilioServer.posts(phone)).isZero();
        // What FrontdeskTextsLimited looks at.
        assertThat(given().get("/q/metrics").asString())
                .contains("frontdesk_sms_limited_total{client=\"default\",scope=\"prefix\"}");
    }

    @Test
    void whatTheProviderRefusesUsesNothingUp() {
        Instant hour = Instant.parse("2026-06-05T12:30:00Z");
        clock.set(hour);
        TwilioServer.behave(phone, "unauthorized", 0, 0);
        SMS.run(QUEUE, phone, "staff", hour.toString(), 1);
        await().untilAsserted(() -> assertThat(
                        SMS.rows("select status, error_code from sms_messages where phone_number = ?", phone))
                .containsExactly(Map.of("status", "queued", "error_code", "20003")));
        assertThat(counted("number " + phone, hour)).isZero();
    }

    @Test
    void aCountryThatIsNotTextedGetsNoReply() {
        String kingston = "+1876555" + phone.substring(phone.length() - 4);
        Twilio.DEFAULT.text(kingston, "Hello?", Twilio.sid()).then().statusCode(200);
        await().untilAsserted(() -> assertThat(SMS.count(
                        "select count(*) from sms_messages where phone_number = ? and status = 'failed' and error_code = 'country'",
                        kingston))
                .isEqualTo(1));
        assertThat(TwilioServer.posts(kingston)).isZero();
    }

    private long waiting() {
        return SMS.count(
                "select count(*) from sms_messages where phone_number = ? and handover = 'waiting' and error_code = 'rate-limited'",
                phone);
    }

    /** In that hour only: other tests' texts were counted in hours of theirs. */
    private static long counted(String scope, Instant hour) {
        return SMS.count(
                "select coalesce(sum(count), 0) from send_counters where client_id = 'acme' and scope = ? and window_start = ?::timestamptz",
                scope,
                hour.truncatedTo(ChronoUnit.HOURS).toString());
    }
}
