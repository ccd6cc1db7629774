package dev.frontdesk.analytics.deadletters;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import dev.frontdesk.analytics.Told;
import dev.frontdesk.analytics.Wire;
import dev.frontdesk.events.CustomerEvent;
import dev.frontdesk.events.Events;
import dev.frontdesk.privacy.Pseudonyms;
import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Infrastructure;
import dev.frontdesk.testing.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
class DeadLettersIT {

    private static final Database ANALYTICS = Database.asSuperuser("analytics");
    private static final String LETTERS = "/api/analytics/dead-letters";

    @Inject
    Pseudonyms pseudonyms;

    @Test
    void aLetterOfAnyServiceIsShownAndPlayedAgain() {
        Told.Call call = Told.call(Told.someone());
        String event = Events.write(call.started());
        died("frontdesk.calls.sms-service.dlq", call.id().toString(), event, "default");
        String id = letter("default", call.id());

        given().get(LETTERS + "/" + id)
                .then()
                .statusCode(200)
                .body("topic", is("frontdesk.calls"))
                .body("service", is("sms-service"))
                .body("type", is("call.started.v1"))
                .body("reason", is("the moon was full"))
                .body("content", is(event));
        for (int i = 0; i < 2; i++) {
            given().header("Idempotency-Key", "replay " + id)
                    .post(LETTERS + "/" + id + "/replay")
                    .then()
                    .statusCode(200)
                    .body("replayed_at", notNullValue());
        }

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(Topic.named("frontdesk.calls")
                                .messages(call.id().toString()))
                        .singleElement()
                        .satisfies(message -> assertThat(message.headers())
                                .containsEntry("ce_type", "call.started.v1")
                                .containsEntry("ce_clientid", "default")));
        given().get(LETTERS + "?replayed=true&service=sms-service")
                .then()
                .statusCode(200)
                .body("items.find { it.id == '" + id + "' }.key", is(call.id().toString()));
    }

    @Test
    void whatIsNoEventCannotBePlayedAgain() {
        UUID key = UUID.randomUUID();
        died("frontdesk.bookings.sms-service.dlq", key.toString(), "{ not json", "default");
        given().post(LETTERS + "/" + letter("default", key) + "/replay")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", containsString("not JSON"));
    }

    @Test
    void aLetterIsItsClientsAlone() {
        UUID key = UUID.randomUUID();
        died("frontdesk.calls.customer-service.dlq", key.toString(), "{}", "acme");
        String id = letter("acme", key);
        given().get(LETTERS + "/" + id).then().statusCode(404);
        given().post(LETTERS + "/" + id + "/replay").then().statusCode(404);
        UUID nobodys = UUID.randomUUID();
        died("frontdesk.calls.customer-service.dlq", nobodys.toString(), "{}", "nobody");
        await().untilAsserted(() -> assertThat(owner(nobodys)).isEqualTo("unassigned"));
        given().get(LETTERS + "/no-uuid").then().statusCode(404);
        given().get(LETTERS + "?replayed=maybe").then().statusCode(400);
    }

    @Test
    void aLetterThatNamesAnErasedPersonIsGoneAndNotKeptAgain() {
        String ann = Told.someone();
        String national = "(%s) %s-%s".formatted(ann.substring(2, 5), ann.substring(5, 8), ann.substring(8));
        Instant erasedAt = Instant.parse("2026-01-10T00:00:00Z");
        String old = "{\"customer_name\": \"Ann Quill\", \"notes\": \"call me at %s\", oops".formatted(national);
        String key = UUID.randomUUID().toString();
        died("frontdesk.bookings.sms-service.dlq", key, old, at(erasedAt.minusSeconds(60)));
        died("frontdesk.bookings.call-service.dlq", ann, "{", at(null));
        await().untilAsserted(() -> assertThat(kept(key) + kept(ann)).isEqualTo(2));

        Wire.send(
                "default",
                new CustomerEvent.Erased(
                        erasedAt, UUID.randomUUID(), UUID.randomUUID(), ann, pseudonyms.of("default", ann)));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(kept(key) + kept(ann)).isZero());

        died("frontdesk.bookings.sms-service.dlq", key, old, at(erasedAt.minusSeconds(60)));
        died("frontdesk.bookings.sms-service.dlq", key, old.replace(national, ann), at(null));
        died("frontdesk.bookings.sms-service.dlq", key, old, at(erasedAt.plusSeconds(60)));
        // The last on its partition is of somebody who came back.
        await().untilAsserted(() -> assertThat(ANALYTICS.count(
                        "select count(*) from dead_letters where key = ? and occurred_at > ?::timestamptz",
                        key,
                        erasedAt.toString()))
                .isOne());
        assertThat(kept(key)).isOne();
    }

    @Test
    void aLetterOfNobodyKeepsNothingOfItsContent() {
        String key = UUID.randomUUID().toString();
        died("frontdesk.calls.sms-service.dlq", key, "Ann Quill", Told.headers("nobody", "call.started.v1"));
        await().untilAsserted(() -> assertThat(ANALYTICS.count(
                        "select count(*) from dead_letters where key = ? and value is null and headers = '{}'", key))
                .isOne());
    }

    private static Map<String, String> at(Instant time) {
        Map<String, String> headers = new HashMap<>(Told.headers("default", "booking.created.v1"));
        if (time != null) {
            headers.put("ce_time", time.toString());
        }
        return headers;
    }

    private static long kept(String key) {
        return ANALYTICS.count("select count(*) from dead_letters where key = ?", key);
    }

    private static void died(String topic, String key, String value, String client) {
        died(topic, key, value, Told.headers(client, "call.started.v1"));
    }

    private static void died(String topic, String key, String value, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("dead-letter-reason", "the moon was full");
        Wire.sendRaw(topic, key, value, all);
    }

    private static String letter(String client, UUID key) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(owner(key)).isEqualTo(client));
        return ANALYTICS
                .value("select id from dead_letters where key = ?", key.toString())
                .toString();
    }

    private static Object owner(UUID key) {
        return ANALYTICS.value("select client_id from dead_letters where key = ?", key.toString());
    }
}
