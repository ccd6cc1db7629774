package dev.frontdesk.call;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.UUID;
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
    }

    @Test
    void aKeyWhoseCallWasRefusedMayBeUsedAgain() {
        String key = UUID.randomUUID().toString();
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
