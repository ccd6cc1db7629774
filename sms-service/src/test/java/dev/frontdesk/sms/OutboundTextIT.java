package dev.frontdesk.sms;

import static dev.frontdesk.sms.Staff.isRefused;
import static dev.frontdesk.sms.Staff.status;
import static dev.frontdesk.sms.Staff.write;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(TwilioServer.class)
class OutboundTextIT {

    private static final Database SMS = Database.asSuperuser("sms");

    @Inject
    TestClock clock;

    @BeforeAll
    static void patience() {
        org.awaitility.Awaitility.setDefaultTimeout(Duration.ofSeconds(20));
    }

    @Test
    void aTextByStaffIsQueuedSentAndDelivered() {
        String phone = Twilio.phone();
        String id = write(phone, "Your laundry is ready");
        await().untilAsserted(() -> assertThat(status(id)).isEqualTo("sent"));
        Map<String, Object> received = TwilioServer.received(phone).get(0);
        assertThat(received).containsEntry("body", "Your laundry is ready").containsEntry("from", "+15005550006");
        String callback = received.get("status_callback").toString();
        assertThat(callback)
                .isEqualTo("http://localhost:8080/webhooks/twilio/default/sms/status?message=" + id
                        + "#rc=3&rp=all&rt=5000");
        report(callback, received.get("sid").toString(), "delivered");
        given().get("/api/sms/messages/" + id)
                .then()
                .body("status", equalTo("delivered"))
                .body("provider_message_id", equalTo(received.get("sid")))
                .body("provider_status", equalTo("delivered"))
                .body("purpose", equalTo("staff"))
                .header("ETag", notNullValue());
    }

    @Test
    void aTextThatWasAcceptedBeforeTheTimeOutIsFoundAndNotSentTwice() {
        for (String outcome : List.of("timeout-after-accept", "500-after-accept")) {
            String phone = Twilio.phone();
            TwilioServer.behave(phone, outcome, 1, 0);
            String id = write(phone, "once only " + outcome);
            await().untilAsserted(() -> assertThat(status(id)).isEqualTo("sent"));
            assertThat(TwilioServer.received(phone)).hasSize(1);
            assertThat(TwilioServer.posts(phone)).isEqualTo(1);
            given().get("/api/sms/messages/" + id)
                    .then()
                    .body(
                            "provider_message_id",
                            equalTo(TwilioServer.received(phone).get(0).get("sid")));
        }
    }

    @Test
    void tooManyRequestsAreRepeatedUntilTaken() {
        String phone = Twilio.phone();
        TwilioServer.behave(phone, "429", 1, 0);
        String id = write(phone, "later");
        await().untilAsserted(() -> assertThat(status(id)).isEqualTo("sent"));
        assertThat(TwilioServer.posts(phone)).isEqualTo(2);
        assertThat(TwilioServer.received(phone)).hasSize(1);
    }

    @Test
    void anInvalidNumberFailsAtOnceAndForGood() {
        String phone = Twilio.phone();
        TwilioServer.behave(phone, "invalid", 0, 0);
        String id = write(phone, "nobody");
        await().untilAsserted(() -> assertThat(status(id)).isEqualTo("failed"));
        Staff.get(id).body("error_code", equalTo("21211")).body("reason", equalTo("not a phone number"));
        assertThat(TwilioServer.posts(phone)).isEqualTo(1);
    }

    @Test
    void aRecipientWhoOptedOutAtTheProviderIsEnteredInTheLedger() {
        String phone = Twilio.phone();
        TwilioServer.behave(phone, "opted-out", 1, 0);
        String id = write(phone, "hello?");
        await().untilAsserted(() -> assertThat(status(id)).isEqualTo("failed"));
        given().queryParam("phone_number", phone)
                .get("/api/sms/opt-outs")
                .then()
                .body("items[0].source", equalTo("provider"));
        isRefused(phone);
        assertThat(TwilioServer.posts(phone)).isEqualTo(1);
    }

    @Test
    void afterStopNothingGoesOutAndStartReopens() {
        String phone = Twilio.phone();
        Twilio.DEFAULT.text(phone, "STOP", Twilio.sid()).then().statusCode(200);
        isRefused(phone);
        given().header("X-Client-Id", "acme")
                .contentType("application/json")
                .body(Map.of("phone_number", phone, "message_body", "acme may"))
                .post("/api/sms/messages")
                .then()
                .statusCode(201);
        Twilio.DEFAULT.text(phone, "START", Twilio.sid()).then().statusCode(200);
        write(phone, "welcome back");
        await().untilAsserted(() -> assertThat(TwilioServer.received(phone)).hasSize(2));
        assertThat(TwilioServer.received(phone))
                .extracting(it -> it.get("body"))
                .contains("acme may", "welcome back");
    }

    @Test
    void thePriceComesLaterWithSixDecimals() {
        String phone = Twilio.phone();
        String id = write(phone, "what does it cost?");
        await().untilAsserted(() -> assertThat(status(id)).isEqualTo("sent"));
        SMS.run("update sms_messages set price_due_at = now() where id = ?::uuid", id);
        await().untilAsserted(() -> assertThat(SMS.rows(
                        "select cost, status, price_due_at is null as done from sms_messages where id = ?::uuid", id))
                .containsExactly(Map.of("cost", new BigDecimal("0.007900"), "status", "delivered", "done", true)));
    }

    @Test
    void whatACrashLeftClaimedIsPostedOnce() {
        String phone = Twilio.phone();
        left("claimed", phone);
        await().untilAsserted(() -> assertThat(fate(phone)).containsEntry("status", "sent"));
        assertThat(TwilioServer.posts(phone)).isEqualTo(1);
    }

    @Test
    void whatACrashLeftPostingIsLookedUpAndNeverPostedAgain() {
        String phone = Twilio.phone();
        left("posting", phone);
        await().untilAsserted(() -> {
            clock.set(clock.instant().plusSeconds(30));
            assertThat(fate(phone)).isEqualTo(Map.of("status", "failed", "error_code", "unconfirmed"));
        });
        clock.reset();
        assertThat(TwilioServer.posts(phone)).isZero();
    }

    @Test
    void whatTheProviderFailedToTakeIsLookedUpAndNeverPostedAgain() {
        String phone = Twilio.phone();
        TwilioServer.behave(phone, "500", 1, 0);
        write(phone, "once at most");
        await().untilAsserted(() -> assertThat(TwilioServer.posts(phone)).isEqualTo(1));
        await().untilAsserted(() -> {
            clock.set(clock.instant().plusSeconds(30));
            assertThat(fate(phone)).isEqualTo(Map.of("status", "failed", "error_code", "unconfirmed"));
        });
        clock.reset();
        assertThat(TwilioServer.posts(phone)).isEqualTo(1);
        assertThat(TwilioServer.received(phone)).isEmpty();
    }

    private static void left(String handover, String phone) {
        SMS.run(
                "insert into sms_messages (client_id, phone_number, direction, message_body, status, handover, claimed_at, due_at)"
                        + " values ('default', ?, 'outbound', 'lost', 'queued', ?, now() - interval '1 minute', now())",
                phone,
                handover);
    }

    private static Map<String, Object> fate(String phone) {
        return SMS.rows(
                        "select status, coalesce(error_code, '') as error_code from sms_messages where phone_number = ?",
                        phone)
                .get(0);
    }

    private static void report(String callback, String sid, String word) {
        Twilio.DEFAULT
                .post(
                        callback.substring("http://localhost:8080".length(), callback.indexOf('#')),
                        Twilio.DEFAULT.form(
                                "sms-status-3-sent.form",
                                Map.of("MessageSid", sid, "MessageStatus", word, "SmsStatus", word)))
                .then()
                .statusCode(200);
    }
}
