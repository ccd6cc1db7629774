package dev.frontdesk.analytics.deadletters;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import dev.frontdesk.analytics.Told;
import dev.frontdesk.analytics.Wire;
import dev.frontdesk.events.Events;
import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Infrastructure;
import dev.frontdesk.testing.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
class DeadLettersIT {

    private static final String LETTERS = "/api/analytics/dead-letters";

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
        given().post(LETTERS + "/" + id + "/replay").then().statusCode(200).body("replayed_at", notNullValue());

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

    private static void died(String topic, String key, String value, String client) {
        Map<String, String> headers = new HashMap<>(Told.headers(client, "call.started.v1"));
        headers.put("dead-letter-reason", "the moon was full");
        Wire.sendRaw(topic, key, value, headers);
    }

    private static String letter(String client, UUID key) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(owner(key)).isEqualTo(client));
        return Database.asSuperuser("analytics")
                .value("select id from dead_letters where key = ?", key.toString())
                .toString();
    }

    private static Object owner(UUID key) {
        return Database.asSuperuser("analytics")
                .value("select client_id from dead_letters where key = ?", key.toString());
    }
}
