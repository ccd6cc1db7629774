package dev.frontdesk.call;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Staff have somebody called. */
@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(Neighbours.class)
class CallingOutIT {

    private static final String CALLS = "/2010-04-01/Accounts/ACffffffffffffffffffffffffffffffff/Calls.json";

    private final Deliveries deliveries = Deliveries.to("default");

    @Test
    void nobodyIsCalledInQuietHours() {
        given().contentType(ContentType.JSON)
                .header("X-Client-Id", "acme")
                .body("{\"phone_number\":\"01573 5980002\",\"provider\":\"twilio\"}")
                .post("/api/calls")
                .then()
                .statusCode(422)
                .body("type", containsString("quiet-hours"));
    }

    private static ValidatableResponse call(String key, String number) {
        return given().contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body("{\"phone_number\":\"%s\",\"provider\":\"twilio\"}".formatted(number))
                .post("/api/calls")
                .then();
    }

    private void theProviderCalls(int status) {
        Neighbours.program(CALLS, status, "{\"sid\":\"%s\",\"status\":\"queued\"}".formatted("CA" + UUID.randomUUID()));
    }

    @Test
    void aKeyWhoseAnswerWasLostCallsNobodyAgain() {
        String key = UUID.randomUUID().toString();
        theProviderCalls(500);
        call(key, "+14155550146").statusCode(503);
        theProviderCalls(201);
        String other = UUID.randomUUID().toString();
        String first = call(other, "+14155550147").statusCode(201).extract().asString();
        call(key, "+14155550146").statusCode(409).body("type", containsString("idempotency-key-in-use"));
        call(key, "+14155550148").statusCode(422).body("type", containsString("idempotency-key-reused"));
        assertThat(Neighbours.received(CALLS)).contains("To=%2B14155550147");
        theProviderCalls(400);
        assertThat(call(other, "+14155550147").statusCode(201).extract().asString())
                .isEqualTo(first);

        theProviderCalls(201);
        Database.asSuperuser("call")
                .run("update idempotency_keys set created_at = now() - interval '25 hours' where key = ?", key);
        call(key, "+14155550146").statusCode(201);
    }

    @Test
    void ofManyWithOneKeyOneCalls() {
        theProviderCalls(201);
        String key = UUID.randomUUID().toString();
        List<Integer> statuses = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> call(key, "+14155550144").extract().statusCode(), task -> new Thread(task).start()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        assertThat(statuses).contains(201).containsOnly(201, 409);
        assertThat(Database.asSuperuser("call").count("select count(*) from calls where phone_number = '+14155550144'"))
                .isEqualTo(1);
    }

    @Test
    void aKeyWhoseCallWasRefusedMayBeUsedAgain() {
        String key = UUID.randomUUID().toString();
        call(key, "").statusCode(422).body("violations[0].field", is("phone_number"));
        call(key, "12").statusCode(422).body("violations[0].field", is("phone_number"));
        theProviderCalls(400);
        call(key, "+14155550149").statusCode(422).body("type", containsString("provider-refused"));
        theProviderCalls(201);
        call(key, "+14155550149").statusCode(201);
    }

    @Test
    void staffCallSomebodyThroughTheProvider() {
        String sid = deliveries.id("CA0000000000000000000000000000a010");
        Neighbours.program(CALLS, 201, "{\"sid\":\"%s\",\"status\":\"queued\"}".formatted(sid));
        String key = UUID.randomUUID().toString();
        for (int i = 0; i < 2; i++) {
            given().contentType(ContentType.JSON)
                    .header("Idempotency-Key", key)
                    .body("{\"phone_number\":\"(415) 555-0145\",\"provider\":\"twilio\"}")
                    .post("/api/calls")
                    .then()
                    .statusCode(201)
                    .header("Location", containsString("/api/calls/"))
                    .body("status", is("in-progress"))
                    .body("call_type", is("outbound"))
                    .body("phone_number", is("+14155550145"));
        }
        assertThat(Neighbours.received(CALLS))
                .contains("To=%2B14155550145", "From=%2B15005550006", "StatusCallbackEvent=completed")
                .contains("voice%2Fstatus%23rc%3D3%26rp%3Dall%26rt%3D5000");
        deliveries.send("twilio/voice-status-4-completed.form");
        assertThat(deliveries.row()).containsEntry("status", "completed").containsEntry("duration", 49);

        given().contentType(ContentType.JSON)
                .body("{\"phone_number\":\"+4915735980001\",\"provider\":\"twilio\"}")
                .post("/api/calls")
                .then()
                .statusCode(422)
                .body("type", containsString("country-not-allowed"));
        given().contentType(ContentType.JSON)
                .body("{\"phone_number\":\"12\"}")
                .post("/api/calls")
                .then()
                .statusCode(422)
                .body("violations[0].field", is("phone_number"));
        given().contentType(ContentType.JSON)
                .body("{}")
                .post("/api/calls")
                .then()
                .statusCode(422);
    }
}
