package dev.frontdesk.sms;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.oneOf;

import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts as nobody expects them: kept as far as they make sense, else refused; never an error of ours. */
@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(TwilioServer.class)
class OddTextIT {

    private static final Database SMS = Database.asSuperuser("sms");

    private static final String SHORT_CODE = "84433";

    private final String phone = Twilio.phone();

    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of("", ""),
                Arguments.of("NUL\0 between", "NUL between"),
                Arguments.of("\0", ""),
                Arguments.of("👍🏽".repeat(400), "👍🏽".repeat(400)),
                Arguments.of("x".repeat(1600), "x".repeat(1600)),
                Arguments.of("please ".repeat(20_000), "please ".repeat(20_000)),
                Arguments.of("' ; drop table sms_messages; --", "' ; drop table sms_messages; --"),
                Arguments.of("\u202Ertl \uFEFF\u0007", "\u202Ertl \uFEFF\u0007"));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void everyBodyIsKept(String body, String kept) {
        Twilio.DEFAULT.text(phone, body, Twilio.sid()).then().statusCode(200);
        assertThat(SMS.rows(
                        "select message_body from sms_messages where phone_number = ? and direction = 'inbound'",
                        phone))
                .containsExactly(Map.of("message_body", kept));
        given().get("/api/sms/conversations/" + phone).then().statusCode(200).body("phone_number", equalTo(phone));
    }

    @Test
    void sendersThatAreNoNumbersAreKeptAndNotAnswered() {
        for (String sender : List.of("ACME Deals", SHORT_CODE, "+15005550006", "whatsapp:+14155550123", "Müller")) {
            Twilio.DEFAULT.text(sender, "Buy now", Twilio.sid()).then().statusCode(200);
        }
        given().get("/api/sms/conversations/ACME Deals").then().statusCode(200).body("unread", equalTo(1));
        given().get("/api/sms/conversations/" + SHORT_CODE).then().statusCode(200);
        text(Map.of("From", "x".repeat(65))).statusCode(400);
        text(Map.of("From", " ")).statusCode(400);
        text(Map.of("From", "\0")).statusCode(400);
    }

    @Test
    void tenPicturesAreKeptAndNoMore() {
        Map<String, String> pictures = new HashMap<>(Map.of("Body", "", "From", phone, "NumMedia", "12"));
        for (int i = 0; i < 12; i++) {
            pictures.put("MediaUrl" + i, "https://api.twilio.com/picture\0" + i);
            pictures.put("MediaContentType" + i, "image/jpeg\0");
        }
        text(pictures).statusCode(200);
        given().queryParam("phone", phone)
                .queryParam("direction", "inbound")
                .get("/api/sms/messages")
                .then()
                .body("items[0].media", hasSize(10))
                .body("items[0].media[9].content_type", equalTo("image/jpeg"))
                .body("items[0].media[9].url", endsWith("/media/9"));
    }

    @Test
    void whatCannotBeReadIsRefused() {
        text(Map.of("MessageSid", "SM 1")).statusCode(400);
        text(Map.of("MessageSid", "S".repeat(65))).statusCode(400);
        text(Map.of("NumMedia", "many", "NumSegments", "-1", "OptOutType", "\0"))
                .statusCode(200);
        status(Map.of("MessageSid", "SM\0")).statusCode(400);
        status(Map.of("MessageStatus", "sent\0")).statusCode(200);
        status(Map.of("ErrorCode", "30\0003", "MessageStatus", "undelivered")).statusCode(422);
        status(Map.of("ErrorCode", "x".repeat(100_000), "MessageStatus", "undelivered"))
                .statusCode(200);
        for (String raw : List.of("Body=%FF%FE", "Body=%zz", "%00=1", "&&&&", "{\"Body\": 1}")) {
            given().contentType("text/plain; charset=utf-16")
                    .header("X-Twilio-Signature", "x")
                    .body(raw)
                    .post("/webhooks/twilio/default/sms")
                    .then()
                    .statusCode(oneOf(400, 403))
                    .contentType("application/problem+json");
        }
    }

    @Test
    void staffMaySendOddThingsAndHearWhatIsWrong() {
        for (String path : List.of("conversations/%00", "opt-outs/%00", "conversations/%F0%9F%91%8D", "messages/%00")) {
            given().urlEncodingEnabled(false)
                    .get("/api/sms/" + path)
                    .then()
                    .statusCode(oneOf(400, 404, 422))
                    .contentType("application/problem+json");
        }
        Staff.post(Map.of("phone_number", phone, "message_body", "\uD83D")).statusCode(201);
        Staff.post(Map.of("phone_number", phone, "message_body", "a\0b")).statusCode(422);
        given().contentType("application/json")
                .body(Map.of("phone_number", phone, "proof", "he\0 said"))
                .post("/api/sms/opt-outs")
                .then()
                .statusCode(422);
        given().contentType("application/json")
                .body(Map.of("purpose", "reminder", "body", "a\0b"))
                .post("/api/sms/templates")
                .then()
                .statusCode(422);
    }

    private ValidatableResponse text(Map<String, String> changes) {
        Map<String, String> fields = new HashMap<>(Map.of("MessageSid", Twilio.sid(), "From", phone));
        fields.putAll(changes);
        return Twilio.DEFAULT
                .post("/webhooks/twilio/default/sms", Twilio.DEFAULT.form("sms-incoming.form", fields))
                .then();
    }

    private static ValidatableResponse status(Map<String, String> changes) {
        Map<String, String> fields = new HashMap<>(Map.of("MessageSid", Twilio.sid()));
        fields.putAll(changes);
        return Twilio.DEFAULT
                .post("/webhooks/twilio/default/sms/status", Twilio.DEFAULT.form("sms-status-3-sent.form", fields))
                .then();
    }
}
