package dev.frontdesk.sms;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
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
    void everyOrderOfStatusCallbacksEndsInTheSameState() {
        Map<String, List<String>> orders = new HashMap<>();
        Map<String, String> phones = new HashMap<>();
        for (List<String> order : permutations(List.of("queued", "sending", "sent", "delivered"))) {
            String phone = Twilio.phone();
            String id = write(phone, "hello");
            orders.put(id, order);
            phones.put(id, phone);
        }
        orders.forEach((id, order) -> {
            await().untilAsserted(() -> assertThat(status(id)).isEqualTo("sent"));
            String sid = TwilioServer.received(phones.get(id)).get(0).get("sid").toString();
            order.forEach(word -> Twilio.DEFAULT.status(sid, word).then().statusCode(200));
            order.forEach(word -> Twilio.DEFAULT.status(sid, word).then().statusCode(200));
            assertThat(SMS.rows("select status, provider_status from sms_messages where id = ?::uuid", id))
                    .containsExactly(Map.of("status", "delivered", "provider_status", "delivered"));
        });
    }

    @Test
    void aCallbackThatOvertakesTheAnswerIsJoined() {
        String phone = Twilio.phone();
        TwilioServer.behave(phone, "deliver", 1, 500);
        String id = write(phone, "quick");
        await().untilAsserted(() -> assertThat(TwilioServer.received(phone)).hasSize(1));
        String sid = TwilioServer.received(phone).get(0).get("sid").toString();
        Twilio.DEFAULT.status(sid, "delivered").then().statusCode(200);
        await().untilAsserted(() -> assertThat(status(id)).isEqualTo("delivered"));
        assertThat(SMS.count("select count(*) from delivery_reports where provider_message_id = ?", sid))
                .isZero();
    }

    @Test
    void anUnknownSidIsKept() {
        String sid = Twilio.sid();
        Twilio.DEFAULT.status(sid, "sent").then().statusCode(200);
        Twilio.DEFAULT.status(sid, "delivered").then().statusCode(200);
        Twilio.DEFAULT.status(sid, "sending").then().statusCode(200);
        Twilio.DEFAULT.status(sid, "never-heard-of").then().statusCode(200);
        assertThat(SMS.rows("select provider_status from delivery_reports where provider_message_id = ?", sid))
                .containsExactly(Map.of("provider_status", "delivered"));
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
        given().get("/api/sms/messages/" + id).then().body("error_code", equalTo("21211"));
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
        refused(phone);
        assertThat(TwilioServer.posts(phone)).isEqualTo(1);
    }

    @Test
    void afterStopNothingGoesOutAndStartReopens() {
        String phone = Twilio.phone();
        Twilio.DEFAULT.text(phone, "STOP", Twilio.sid()).then().statusCode(200);
        refused(phone);
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
    void staffKeepTheLedgerByPhoneNumber() {
        String phone = Twilio.phone();
        given().contentType("application/json")
                .body(Map.of("phone_number", phone, "proof", "told us at the counter"))
                .post("/api/sms/opt-outs")
                .then()
                .statusCode(201)
                .body("phone_number", equalTo(phone))
                .body("state", equalTo("opted-out"));
        refused(phone);
        given().get("/api/sms/opt-outs/" + phone).then().statusCode(200);
        given().queryParam("phone_number", phone)
                .queryParam("proof", "signed the form")
                .delete("/api/sms/opt-outs")
                .then()
                .statusCode(204);
        given().get("/api/sms/opt-outs/" + phone).then().statusCode(404);
        write(phone, "hello again");
        assertThat(given().get("/api/sms/opt-outs/export").asString())
                .contains("'" + phone + ",opted-out,staff,told us at the counter")
                .contains("'" + phone + ",opted-in,staff,signed the form");
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
    void badTextsAreRefused() {
        String phone = Twilio.phone();
        given().contentType("application/json")
                .body(Map.of("phone_number", "not a number", "message_body", "x"))
                .post("/api/sms/messages")
                .then()
                .statusCode(422)
                .body("violations[0].field", equalTo("phone_number"));
        given().contentType("application/json")
                .body(Map.of("phone_number", "+77012345678", "message_body", "x"))
                .post("/api/sms/messages")
                .then()
                .statusCode(422);
        given().contentType("application/json")
                .body(Map.of("phone_number", phone, "message_body", "x".repeat(1601)))
                .post("/api/sms/messages")
                .then()
                .statusCode(422);
        given().contentType("application/json")
                .body(Map.of("phone_number", phone))
                .post("/api/sms/messages")
                .then()
                .statusCode(422);
    }

    @Test
    void theSameKeyIsTheSameText() {
        String phone = Twilio.phone();
        String key = UUID.randomUUID().toString();
        List<String> ids = IntStream.range(0, 2)
                .mapToObj(i -> given().contentType("application/json")
                        .header("Idempotency-Key", key)
                        .body(Map.of("phone_number", phone, "message_body", "only once"))
                        .post("/api/sms/messages")
                        .then()
                        .statusCode(201)
                        .header("Location", notNullValue())
                        .extract()
                        .<String>path("id"))
                .toList();
        assertThat(ids.get(0)).isEqualTo(ids.get(1));
        await().untilAsserted(() -> assertThat(TwilioServer.received(phone)).hasSize(1));
    }

    @Test
    void aNumberBeyondItsLimitWaitsForTheNextHour() {
        String phone = Twilio.phone();
        SMS.run(
                "insert into send_counters (client_id, scope, window_start, count) values ('default', ?, date_trunc('hour', now()), 100)",
                "number " + phone);
        String id = write(phone, "one too many");
        await().untilAsserted(() -> assertThat(SMS.count(
                        "select count(*) from sms_messages where id = ?::uuid and status = 'queued' and due_at > now()",
                        id))
                .isEqualTo(1));
        assertThat(TwilioServer.posts(phone)).isZero();
    }

    @Test
    void aPhoneThatWasOffGetsTheTextOnceMore() {
        String phone = Twilio.phone();
        String id = write(phone, "are you there?");
        await().untilAsserted(() -> assertThat(status(id)).isEqualTo("sent"));
        String sid = TwilioServer.received(phone).get(0).get("sid").toString();
        Map<String, String> undelivered =
                Twilio.DEFAULT.form("sms-status-undelivered.form", Map.of("MessageSid", sid, "SmsSid", sid));
        for (int i = 0; i < 3; i++) {
            Twilio.DEFAULT
                    .post("/webhooks/twilio/default/sms/status", undelivered)
                    .then()
                    .statusCode(200);
        }
        Twilio.DEFAULT.status(sid, "delivered").then().statusCode(200);
        given().get("/api/sms/messages/" + id)
                .then()
                .body("status", equalTo("failed"))
                .body("error_code", equalTo("30003"));
        assertThat(SMS.count(
                        "select count(*) from sms_messages where phone_number = ? and status = 'queued' and dedup_key = ?",
                        phone,
                        "again:" + id))
                .isEqualTo(1);
    }

    @Test
    void whatACrashLeftClaimedIsLookedUpAndNeverPostedAgain() {
        String phone = Twilio.phone();
        SMS.run(
                "insert into sms_messages (client_id, phone_number, direction, message_body, status, handover, claimed_at, due_at)"
                        + " values ('default', ?, 'outbound', 'lost', 'queued', 'claimed', now() - interval '1 minute', now())",
                phone);
        await().untilAsserted(() -> {
            clock.set(clock.instant().plusSeconds(30));
            assertThat(SMS.rows("select status, error_code from sms_messages where phone_number = ?", phone))
                    .containsExactly(Map.of("status", "failed", "error_code", "unconfirmed"));
        });
        clock.reset();
        assertThat(TwilioServer.posts(phone)).isZero();
    }

    @Test
    void theListIsPagedFilteredAndExported() {
        String phone = Twilio.phone();
        List<String> ids =
                IntStream.range(0, 3).mapToObj(i -> write(phone, "=cmd|" + i)).toList();
        String cursor = given().queryParam("phone", phone)
                .queryParam("limit", 2)
                .get("/api/sms/messages")
                .then()
                .statusCode(200)
                .body("items.id", equalTo(List.of(ids.get(2), ids.get(1))))
                .extract()
                .path("next_cursor");
        given().queryParam("phone", phone)
                .queryParam("limit", 2)
                .queryParam("cursor", cursor)
                .get("/api/sms/messages")
                .then()
                .body("items.id", equalTo(List.of(ids.get(0))))
                .body("next_cursor", equalTo(null));
        given().queryParam("phone", phone)
                .queryParam("q", "CMD|1")
                .get("/api/sms/messages")
                .then()
                .body("items.id", equalTo(List.of(ids.get(1))));
        given().queryParam("colour", "red").get("/api/sms/messages").then().statusCode(400);
        given().queryParam("status", "lost").get("/api/sms/messages").then().statusCode(400);
        given().get("/api/sms/messages/not-a-uuid").then().statusCode(404);
        String csv = given().queryParam("phone", phone)
                .get("/api/sms/messages/export")
                .asString();
        assertThat(csv.split("\r\n")).hasSize(4);
        assertThat(csv).contains("'=cmd|2");
    }

    @Test
    void staffSeePicturesButNoLinkOfTheProviders() {
        String phone = Twilio.phone();
        String media = "https://api.twilio.com/2010-04-01/Accounts/%s/Messages/MM%s/Media/ME%s"
                .formatted(Twilio.DEFAULT.accountSid(), "0".repeat(32), "1".repeat(32));
        Twilio.DEFAULT
                .post(
                        "/webhooks/twilio/default/sms",
                        Twilio.DEFAULT.form(
                                "mms-incoming.form",
                                Map.of(
                                        "MessageSid",
                                        Twilio.sid(),
                                        "From",
                                        phone,
                                        "MediaUrl0",
                                        media,
                                        "MediaUrl1",
                                        "http://169.254.169.254/latest/meta-data")))
                .then()
                .statusCode(200);
        String link = given().queryParam("phone", phone)
                .queryParam("direction", "inbound")
                .get("/api/sms/messages")
                .then()
                .extract()
                .path("items[0].media[0].url");
        assertThat(link).startsWith("/api/sms/messages/");
        assertThat(given().get(link)
                        .then()
                        .statusCode(200)
                        .contentType("image/jpeg")
                        .extract()
                        .asString())
                .isEqualTo("picture ME" + "1".repeat(32));
        given().get(link.replaceAll("0$", "1")).then().statusCode(404);
        given().get(link.replaceAll("0$", "2")).then().statusCode(404);
        given().header("X-Client-Id", "acme").get(link).then().statusCode(404);
    }

    private static String write(String phone, String body) {
        return given().contentType("application/json")
                .body(Map.of("phone_number", phone, "message_body", body))
                .post("/api/sms/messages")
                .then()
                .statusCode(201)
                .body("status", equalTo("queued"))
                .extract()
                .path("id");
    }

    private static void refused(String phone) {
        given().contentType("application/json")
                .body(Map.of("phone_number", phone, "message_body", "no"))
                .post("/api/sms/messages")
                .then()
                .statusCode(409)
                .body("type", endsWith("/opted-out"));
    }

    private static String status(String id) {
        return SMS.value("select status from sms_messages where id = ?::uuid", id)
                .toString();
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

    private static List<List<String>> permutations(List<String> words) {
        if (words.isEmpty()) {
            return List.of(List.of());
        }
        List<List<String>> all = new ArrayList<>();
        for (String first : words) {
            List<String> others = new ArrayList<>(words);
            others.remove(first);
            for (List<String> rest : permutations(others)) {
                List<String> order = new ArrayList<>(Collections.singletonList(first));
                order.addAll(rest);
                all.add(order);
            }
        }
        return all;
    }
}
