package dev.frontdesk.sms;

import static dev.frontdesk.sms.Staff.isRefused;
import static dev.frontdesk.sms.Staff.write;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(TwilioServer.class)
class StaffTextIT {

    @BeforeAll
    static void patience() {
        org.awaitility.Awaitility.setDefaultTimeout(Duration.ofSeconds(20));
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
        for (String elsewhere : List.of("+77012345678", "+18765550123")) {
            Staff.post(Map.of("phone_number", elsewhere, "message_body", "x"))
                    .statusCode(422)
                    .body("violations[0].field", equalTo("phone_number"));
        }
        Staff.post(Map.of("phone_number", phone, "message_body", "\0")).statusCode(422);
        String id = Staff.post(Map.of("phone_number", phone, "message_body", "👍".repeat(800)))
                .statusCode(201)
                .body("segments", equalTo(25))
                .extract()
                .path("id");
        Staff.get(id).body("message_body", equalTo("👍".repeat(800)));
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
        isRefused(phone);
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
    void moreOptOutsAtOnceThanThePoolHasConnectionsAreAllEnteredOnce() {
        List<String> phones =
                Stream.generate(Twilio::phone).limit(20).distinct().toList();
        List<CompletableFuture<Integer>> entered = phones.stream()
                .map(phone -> CompletableFuture.supplyAsync(
                        () -> optOut(phone).statusCode(), task -> new Thread(task).start()))
                .toList();
        assertThat(entered).allSatisfy(status -> assertThat(status.join()).isEqualTo(201));
        Response again = optOut(phones.get(0));
        again.then().statusCode(201).body("phone_number", equalTo(phones.get(0)));
        assertThat(again.header("Location")).endsWith(phones.get(0).substring(1));
        assertThat(given().get("/api/sms/opt-outs/export").asString())
                .containsOnlyOnce("'" + phones.get(0) + ",opted-out,staff");
    }

    private static Response optOut(String phone) {
        return given().header("Idempotency-Key", "opt-out " + phone)
                .contentType("application/json")
                .body(Map.of("phone_number", phone))
                .post("/api/sms/opt-outs");
    }

    @Test
    void everyListRefusesWhatItDoesNotKnow() {
        for (String list : List.of("messages", "conversations", "opt-outs", "templates")) {
            for (String query :
                    List.of("limit=201", "limit=0", "limit=x", "colour=red", "cursor=%00", "limit=1&limit=2")) {
                given().urlEncodingEnabled(false)
                        .get("/api/sms/" + list + "?" + query)
                        .then()
                        .statusCode(400)
                        .contentType("application/problem+json");
            }
            given().get("/api/sms/" + list + "?limit=200").then().statusCode(200);
        }
        String next = given().get("/api/sms/templates?limit=6")
                .then()
                .body("items.size()", equalTo(6))
                .extract()
                .path("next_cursor");
        given().queryParam("cursor", next)
                .get("/api/sms/templates")
                .then()
                .body("items.purpose", equalTo(List.of("hand-over")))
                .body("next_cursor", equalTo(null));
    }
}
