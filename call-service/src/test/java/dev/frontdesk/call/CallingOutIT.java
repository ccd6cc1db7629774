package dev.frontdesk.call;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Staff have somebody called. */
@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(Neighbours.class)
class CallingOutIT {

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

    @Test
    void staffCallSomebodyThroughTheProvider() {
        String sid = deliveries.id("CA0000000000000000000000000000a010");
        Neighbours.program(
                "/2010-04-01/Accounts/ACffffffffffffffffffffffffffffffff/Calls.json",
                201,
                "{\"sid\":\"%s\",\"status\":\"queued\"}".formatted(sid));
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
        assertThat(Neighbours.received("/2010-04-01/Accounts/ACffffffffffffffffffffffffffffffff/Calls.json"))
                .contains("To=%2B14155550145", "From=%2B15005550006", "StatusCallbackEvent=completed");
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
