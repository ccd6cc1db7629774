package dev.frontdesk.sms;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.frontdesk.events.Events;
import dev.frontdesk.events.SmsEvent;
import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Infrastructure;
import dev.frontdesk.testing.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
class InboundTextIT {

    private static final Database SMS = Database.asSuperuser("sms");

    @BeforeAll
    static void patience() {
        org.awaitility.Awaitility.setDefaultTimeout(Duration.ofSeconds(20));
    }

    @Test
    void aSignedTextIsStoredOnceAndAnsweredWithEmptyTwiml() {
        String phone = Twilio.phone();
        String sid = Twilio.sid();
        Twilio.DEFAULT
                .text(phone, "Yes please, 3pm & thanks", sid)
                .then()
                .statusCode(200)
                .contentType("text/xml")
                .body(equalTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>"));
        Map<String, Object> row = SMS.rows("select * from sms_messages where provider_message_id = ?", sid)
                .get(0);
        assertThat(row)
                .containsEntry("client_id", "default")
                .containsEntry("phone_number", phone)
                .containsEntry("direction", "inbound")
                .containsEntry("message_body", "Yes please, 3pm & thanks")
                .containsEntry("status", "received");
        String id = row.get("id").toString();
        await().untilAsserted(() -> {
            List<Topic.Message> events = Topic.named("frontdesk.sms-messages").messages(id);
            assertThat(events).isNotEmpty();
            assertThat(events.get(0).headers()).containsEntry("ce_type", "sms.received.v1");
            SmsEvent event = (SmsEvent)
                    Events.read("sms.received.v1", events.get(0).value().getBytes());
            assertThat(event.message().phoneNumber()).isEqualTo(phone);
            assertThat(events.get(0).value()).doesNotContain("3pm");
        });
    }

    @Test
    void twentyDeliveriesAtOnceAreOneText() {
        String phone = Twilio.phone();
        String sid = Twilio.sid();
        List<CompletableFuture<Response>> answers = IntStream.range(0, 20)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> Twilio.DEFAULT.text(phone, "Hi", sid)))
                .toList();
        answers.forEach(answer -> answer.join().then().statusCode(200));
        Twilio.DEFAULT.text(phone, "Hi", sid).then().statusCode(200);
        assertThat(SMS.count("select count(*) from sms_messages where provider_message_id = ?", sid))
                .isEqualTo(1);
        await().untilAsserted(() -> assertThat(Topic.named("frontdesk.sms-messages").messages().stream()
                        .filter(event ->
                                event.value().contains(phone) && event.value().contains("inbound")))
                .hasSize(1));
    }

    @Test
    void fiftyFirstTextsOfOneNumberAreOneConversationInOrder() {
        String phone = Twilio.phone();
        List<CompletableFuture<Response>> answers = IntStream.range(0, 50)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> Twilio.ACME.text(phone, "n" + i, Twilio.sid())))
                .toList();
        answers.forEach(answer -> answer.join().then().statusCode(200));
        List<Map<String, Object>> rows = SMS.rows(
                "select id, created_at from sms_messages where phone_number = ? and direction = 'inbound' order by created_at, id",
                phone);
        assertThat(rows).hasSize(50);
        assertThat(rows)
                .isSortedAccordingTo(
                        (a, b) -> a.get("id").toString().compareTo(b.get("id").toString()));
        given().header("X-Client-Id", "acme")
                .queryParam("phone", phone)
                .get("/api/sms/conversations")
                .then()
                .body("items", hasSize(1));
    }

    @Test
    void aWrongOrMissingSignatureOrAccountStoresNothing() {
        String sid = Twilio.sid();
        Map<String, String> fields =
                Twilio.DEFAULT.form("sms-incoming.form", Map.of("MessageSid", sid, "From", Twilio.phone()));
        Twilio.DEFAULT.post("/webhooks/twilio/default/sms", fields, null).then().statusCode(403);
        Twilio.DEFAULT
                .post("/webhooks/twilio/default/sms", fields, "bm90IGEgc2lnbmF0dXJl")
                .then()
                .statusCode(403)
                .contentType("application/problem+json");
        Twilio.ACME.post("/webhooks/twilio/default/sms", fields).then().statusCode(403);
        Map<String, String> foreign = new HashMap<>(fields);
        foreign.put("AccountSid", Twilio.ACME.accountSid());
        Twilio.DEFAULT.post("/webhooks/twilio/default/sms", foreign).then().statusCode(403);
        Twilio.DEFAULT.post("/webhooks/twilio/nobody/sms", fields).then().statusCode(404);
        assertThat(SMS.count("select count(*) from sms_messages where provider_message_id = ?", sid))
                .isZero();
    }

    @Test
    void aFormWithoutAMessageSidIsUnreadable() {
        Map<String, String> fields = Twilio.DEFAULT.form("sms-incoming.form", Map.of());
        List.of("MessageSid", "SmsSid", "SmsMessageSid").forEach(fields::remove);
        for (String path :
                List.of("/webhooks/twilio/default/sms", "/api/webhooks/twilio/sms", "/api/webhooks/twilio/status")) {
            Twilio.DEFAULT.post(path, fields).then().statusCode(400).contentType("application/problem+json");
        }
    }

    @Test
    void picturesAreKeptWithTheText() {
        String sid = Twilio.sid();
        String phone = Twilio.phone();
        Twilio.DEFAULT
                .post(
                        "/api/webhooks/twilio/sms",
                        Twilio.DEFAULT.form("mms-incoming.form", Map.of("MessageSid", sid, "From", phone)))
                .then()
                .statusCode(200);
        given().queryParam("phone", phone)
                .queryParam("direction", "inbound")
                .get("/api/sms/messages")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].provider_message_id", equalTo(sid))
                .body("items[0].media", hasSize(2))
                .body("items[0].media[0].content_type", equalTo("image/jpeg"));
    }

    @Test
    void aClientSeesNothingOfAnother() {
        String phone = Twilio.phone();
        Twilio.ACME.text(phone, "for acme only", Twilio.sid()).then().statusCode(200);
        String id = given().header("X-Client-Id", "acme")
                .queryParam("phone", phone)
                .get("/api/sms/messages")
                .then()
                .body("items", hasSize(org.hamcrest.Matchers.greaterThan(0)))
                .extract()
                .path("items[0].id");
        given().queryParam("phone", phone)
                .get("/api/sms/messages")
                .then()
                .statusCode(200)
                .body("items", hasSize(0));
        given().queryParam("phone", phone)
                .get("/api/sms/conversations")
                .then()
                .statusCode(200)
                .body("items", hasSize(0));
        given().get("/api/sms/messages/" + id).then().statusCode(404);
        Database app = Database.asApp("sms");
        assertThat(app.count("select count(*) from sms_messages")).isZero();
        assertThat(app.client("default").count("select count(*) from sms_messages where phone_number = ?", phone))
                .isZero();
    }

    @Test
    void conversationsAreTheSeedsQuery() {
        String phone = Twilio.phone();
        Twilio.ACME.text(phone, "one", Twilio.sid()).then().statusCode(200);
        Twilio.ACME.text(phone, "two", Twilio.sid()).then().statusCode(200);
        await().untilAsserted(() -> {
            Map<String, Object> seed = SMS.rows("""
                            select phone_number, count(*) as message_count, string_agg(message_body, ' | ' order by created_at) as text
                            from sms_messages where phone_number = ? group by phone_number
                            """, phone).get(0);
            given().header("X-Client-Id", "acme")
                    .queryParam("phone", phone)
                    .get("/api/sms/conversations?limit=20")
                    .then()
                    .statusCode(200)
                    .body("items[0].phone_number", equalTo(phone))
                    .body("items[0].message_count", equalTo(((Number) seed.get("message_count")).intValue()))
                    .body("items[0].conversation", equalTo(seed.get("text")));
        });
    }
}
