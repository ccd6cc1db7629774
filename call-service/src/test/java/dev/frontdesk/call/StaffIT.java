package dev.frontdesk.call;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import dev.frontdesk.testing.Infrastructure;
import dev.frontdesk.testing.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What staff do with calls over HTTP. */
@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(Neighbours.class)
class StaffIT {

    private final Deliveries deliveries = Deliveries.to("default");

    private String reported() {
        deliveries.send("vapi/end-of-call-report-inbound.json");
        return deliveries.row().get("id").toString();
    }

    @Test
    void aCallIsReadWithItsTranscriptAndListedWithout() {
        String id = reported();
        given().get("/api/calls/" + id)
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("status", is("completed"))
                .body("duration", is(258))
                .body("cost", is(0.3212f))
                .body("provider", is("vapi"))
                .body("provider_call_id", is(deliveries.id("c0a11000-0000-4000-8000-00000000a001")))
                .body("carrier_call_id", is(deliveries.id("CA0000000000000000000000000000a001")))
                .body("started_at", is("2026-11-10T17:00:05.200Z"))
                .body("transcript", containsString("Maria Lopez"))
                .body("recording_url", is("/api/calls/" + id + "/recording"))
                .body("summary", containsString("booked a cleaning"));
        given().queryParam("phone", "(415) 555-0123")
                .queryParam("sentiment", "positive")
                .queryParam("min_duration", 200)
                .queryParam("has_booking", false)
                .queryParam("q", "cleaning friday")
                .queryParam("limit", 200)
                .get("/api/calls")
                .then()
                .statusCode(200)
                .body("items.id", hasItem(id))
                .body("items", everyItem(not(hasKey("transcript"))));
        given().queryParam("q", "dinosaur").get("/api/calls").then().body("items.id", not(hasItem(id)));
        given().queryParam("status", "failed").get("/api/calls").then().body("items.id", not(hasItem(id)));
    }

    @Test
    void whatIsWrongInAQueryIs400AndAStrangeIdIs404() {
        for (String query :
                new String[] {"status=odd", "limit=201", "cursor=x", "from=yesterday", "colour=red", "min_duration=a"
                }) {
            given().get("/api/calls?" + query).then().statusCode(400).contentType("application/problem+json");
        }
        given().get("/api/calls/not-an-id").then().statusCode(404);
        given().get("/api/calls/" + UUID.randomUUID()).then().statusCode(404);
    }

    @Test
    void aListGoesOnWithItsCursor() {
        for (int i = 0; i < 3; i++) {
            Deliveries.to("acme").send("twilio/voice-status-busy.form");
        }
        String cursor = given().header("X-Client-Id", "acme")
                .get("/api/calls?limit=2&status=busy")
                .then()
                .body("items.size()", is(2))
                .body("next_cursor", notNullValue())
                .extract()
                .path("next_cursor");
        given().header("X-Client-Id", "acme")
                .queryParam("cursor", cursor)
                .get("/api/calls?limit=2&status=busy")
                .then()
                .statusCode(200)
                .body("items.size()", not(is(0)));
    }

    @Test
    void staffWriteNotesAndProvidersLeaveThemAlone() {
        deliveries.send("vapi/status-update-in-progress.json");
        String id = deliveries.row().get("id").toString();
        given().contentType(ContentType.JSON)
                .header("If-Match", "\"7\"")
                .body("{\"notes\":\"x\"}")
                .patch("/api/calls/" + id)
                .then()
                .statusCode(412);
        given().contentType("application/merge-patch+json")
                .header("If-Match", "\"1\"")
                .body("{\"notes\":\"Call her back\",\"customer_name\":\"Maria L.\",\"recording_consent\":true}")
                .patch("/api/calls/" + id)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("notes", is("Call her back"))
                .body("recording_consent", is(true));
        deliveries.send("vapi/end-of-call-report-inbound.json");
        given().get("/api/calls/" + id)
                .then()
                .body("notes", is("Call her back"))
                .body("customer_name", is("Maria L."))
                .body("sentiment", is("positive"))
                .body("status", is("completed"));
        given().contentType(ContentType.JSON)
                .body("{\"status\":\"busy\"}")
                .patch("/api/calls/" + id)
                .then()
                .statusCode(422);
        given().contentType(ContentType.JSON)
                .body("{\"sentiment\":\"odd\"}")
                .patch("/api/calls/" + id)
                .then()
                .statusCode(422)
                .body("violations[0].field", is("sentiment"));
        await().untilAsserted(() -> assertThat(Topic.named("frontdesk.calls").messages(id))
                .anySatisfy(event -> {
                    assertThat(event.headers()).containsEntry("ce_type", "call.updated.v1");
                    assertThat(event.value()).contains("Maria L.");
                }));
        given().header("X-Client-Id", "acme")
                .contentType(ContentType.JSON)
                .body("{\"notes\":\"mine\"}")
                .patch("/api/calls/" + id)
                .then()
                .statusCode(404);
    }

    @Test
    void keptMessagesAreReadOnceMoreToPutARowRight() {
        deliveries.send("twilio/voice-incoming.form");
        deliveries.send("twilio/voice-status-completed-inbound.form");
        String id = reported();
        given().contentType(ContentType.JSON)
                .post("/api/calls/" + id + "/replay")
                .then()
                .statusCode(200)
                .body("messages", is(3))
                .body("call.version", is(3));
        // As if an older reading had missed them.
        Deliveries.CALL.run("update calls set sentiment = null, summary = null, duration = 1 where id = ?::uuid", id);
        given().contentType(ContentType.JSON)
                .header("Idempotency-Key", "replay " + id)
                .post("/api/calls/" + id + "/replay")
                .then()
                .body("call.sentiment", is("positive"))
                .body("call.summary", containsString("booked a cleaning"))
                .body("call.duration", is(258));
    }

    @Test
    void theExportIsAllOfTheListAndNoFormula() {
        String id = reported();
        given().contentType(ContentType.JSON)
                .body("{\"notes\":\"=cmd|' /C calc'!A0\"}")
                .patch("/api/calls/" + id);
        String csv = given().get("/api/calls/export?sentiment=positive")
                .then()
                .statusCode(200)
                .contentType(containsString("text/csv"))
                .extract()
                .asString();
        assertThat(csv)
                .startsWith("id,created_at,phone_number,")
                .contains(id)
                .contains("'=cmd")
                .contains("'+14155550123");
    }

    @Test
    void aRecordingIsHeardThroughAShortLivedLink() {
        String id = reported();
        String file = "/recordings/" + UUID.randomUUID() + ".mp3";
        Neighbours.program(file, 200, "sound");
        Deliveries.CALL.run("update calls set recording_url = ? where id = ?::uuid", Neighbours.url(file), id);
        String url = given().get("/api/calls/" + id + "/recording")
                .then()
                .statusCode(200)
                .body("expires_at", notNullValue())
                .extract()
                .path("url");
        assertThat(url).doesNotContain("http");
        assertThat(Deliveries.get(url, Map.of()).body()).isEqualTo("sound");
        assertThat(Deliveries.get(url, Map.of()).headers().firstValue("content-type"))
                .hasValue("audio/mpeg");
        assertThat(Deliveries.get(url, Map.of("X-Client-Id", "acme")).statusCode())
                .isEqualTo(403);
        assertThat(Deliveries.get(url.replaceFirst("expires=\\d", "expires=9"), Map.of())
                        .statusCode())
                .isEqualTo(403);

        Deliveries.CALL.run("update calls set recording_consent = false where id = ?::uuid", id);
        given().get("/api/calls/" + id + "/recording").then().statusCode(403);
        given().get("/api/calls/" + UUID.randomUUID() + "/recording").then().statusCode(404);
    }

    @Test
    void recordingsAreFetchedFromKnownPlacesOnly() {
        String id = reported();
        String file = "/recordings/" + UUID.randomUUID() + ".mp3";
        Neighbours.program(file, 200, "sound");
        Neighbours.program("/moved.mp3", 302, Neighbours.url(file));
        Neighbours.program("/moved-inside.mp3", 302, "http://169.254.169.254/latest");
        Neighbours.program("/moved-nowhere.mp3", 302, "http://a b");
        Neighbours.program("/round.mp3", 302, "/round.mp3");
        String url = given().get("/api/calls/" + id + "/recording").path("url");
        assertThat(heard(id, url, Neighbours.url("/moved.mp3"))).isEqualTo(200);
        for (String elsewhere : List.of(
                "http://169.254.169.254/x",
                "https://127.0.0.1/x",
                "https://[::1]/x",
                "http://localhost:1/x",
                "http://api.twilio.com/x",
                "https://api.twilio.com:8443/x",
                "https://somebody@api.twilio.com/x",
                "https://api.twilio.com@127.0.0.1/x",
                "https://api.twilio.com.example.com/x",
                "https:api.twilio.com",
                "//api.twilio.com/x",
                "file:///etc/passwd",
                Neighbours.url(file).replace("http://", "http://u:p@"),
                Neighbours.url("/moved-inside.mp3"))) {
            assertThat(heard(id, url, elsewhere)).as(elsewhere).isEqualTo(403);
        }
        assertThat(heard(id, url, Neighbours.url("/moved-nowhere.mp3"))).isEqualTo(404);
        assertThat(heard(id, url, Neighbours.url("/round.mp3"))).isEqualTo(503);
        assertThat(heard(id, url, "https://storage.vapi.ai/a b|c")).isEqualTo(404);
    }

    private static int heard(String id, String link, String address) {
        Deliveries.CALL.run("update calls set recording_url = ? where id = ?::uuid", address, id);
        return Deliveries.get(link, Map.of()).statusCode();
    }
}
