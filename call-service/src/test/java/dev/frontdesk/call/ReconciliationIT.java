package dev.frontdesk.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.http.Json;
import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What providers did not tell is asked for: ends and prices. */
@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(Neighbours.class)
class ReconciliationIT {

    private static final String SID = "CA0000000000000000000000000000a010";
    private static final String VAPI_CALL = "c0a11000-0000-4000-8000-00000000a001";

    private final Deliveries deliveries = Deliveries.to("default");

    private void twilioKnows(String fixture) {
        Neighbours.program(
                "/2010-04-01/Accounts/ACffffffffffffffffffffffffffffffff/Calls/" + deliveries.id(SID) + ".json",
                200,
                body(deliveries.payload(fixture)).path("body").toString());
    }

    private static JsonNode body(String json) {
        try {
            return Json.mapper().readTree(json);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void isDue() {
        Deliveries.CALL.run(
                "update calls set check_at = now() where id = ?",
                deliveries.row().get("id"));
    }

    private void eventually(Map<String, Object> columns) {
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(deliveries.row()).containsAllEntriesOf(columns));
    }

    @Test
    void aPriceComesLaterAndIsAskedForAgain() {
        deliveries.send("twilio/voice-status-4-completed.form");
        twilioKnows("twilio/rest-call-fetch-unpriced-200.json");
        isDue();
        eventually(Map.of("checks", 1));
        assertThat(deliveries.row()).containsEntry("cost", new BigDecimal("0.000000"));
        assertThat(deliveries.row().get("check_at")).isNotNull();
        twilioKnows("twilio/rest-call-fetch-priced-200.json");
        isDue();
        eventually(Map.of("status", "completed", "cost", new BigDecimal("0.014000"), "duration", 49));
        assertThat(deliveries.row().get("check_at")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"0, 10 minutes", "1, 1 hour", "2, 24 hours"})
    void aPriceThatIsNotKnownYetIsAskedForLessAndLessOften(int checks, String pause) {
        deliveries.send("twilio/voice-status-4-completed.form");
        twilioKnows("twilio/rest-call-fetch-unpriced-200.json");
        Deliveries.CALL.run(
                "update calls set check_at = now(), checks = ? where id = ?",
                checks,
                deliveries.row().get("id"));
        eventually(Map.of("checks", checks + 1));
        assertThat(nextCheckIsIn(pause)).isEqualTo(true);
    }

    private Object nextCheckIsIn(String pause) {
        return Deliveries.CALL.value(
                "select check_at - now() between ?::interval - interval '1 minute' and ?::interval from calls where id = ?",
                pause,
                pause,
                deliveries.row().get("id"));
    }

    @Test
    void aPriceMayBeKnownBeforeTheEndIsTold() {
        deliveries.send("twilio/voice-status-1-initiated.form");
        twilioKnows("twilio/rest-call-fetch-priced-200.json");
        isDue();
        eventually(Map.of("status", "completed", "cost", new BigDecimal("0.014000")));
        deliveries.send("twilio/voice-status-4-completed.form");
        deliveries.send("twilio/voice-status-4-completed.form");
        assertThat(deliveries.row())
                .containsEntry("status", "completed")
                .containsEntry("duration", 49)
                .containsEntry("cost", new BigDecimal("0.014000"));
    }

    @Test
    void aCallThatGoesOnIsAskedForEveryFiveMinutesAndCountedAsStuck() {
        deliveries.send("vapi/status-update-in-progress.json");
        Neighbours.program("/call/" + deliveries.id(VAPI_CALL), 200, "{\"status\":\"in-progress\"}");
        isDue();
        eventually(Map.of("checks", 1, "status", "in-progress"));
        assertThat(nextCheckIsIn("5 minutes")).isEqualTo(true);
        await().untilAsserted(
                        () -> assertThat(Deliveries.get("/q/metrics", Map.of()).body())
                                .containsPattern("frontdesk_stuck_calls(\\{[^}]*})? [1-9]"));
    }

    @Test
    void aCallThatNobodyTellsAboutForTwoDaysIsClosed() {
        deliveries.send("vapi/status-update-in-progress.json");
        Neighbours.program("/call/" + deliveries.id(VAPI_CALL), 401, "{}");
        Deliveries.CALL.run(
                "update calls set check_at = now(), created_at = now() - interval '49 hours' where id = ?",
                deliveries.row().get("id"));
        eventually(Map.of("status", "completed", "status_source", "guess"));
    }

    @Test
    void whatIsNoIdIsNotAskedForAndClosed() {
        String id = "../Calls?" + UUID.randomUUID();
        deliveries.vapi("{\"message\":{\"type\":\"status-update\",\"status\":\"ringing\",\"call\":{\"id\":\"%s\"}}}"
                .formatted(id));
        Deliveries.CALL.run("update calls set check_at = now() where provider_call_id = ?", id);
        await().untilAsserted(() -> assertThat(
                        Deliveries.CALL.value("select status from calls where provider_call_id = ?", id))
                .isEqualTo("failed"));
    }

    @Test
    void aPriceThatNeverComesIsGivenUpWithANote() {
        deliveries.send("twilio/voice-status-busy.form");
        Deliveries.CALL.run(
                "update calls set check_at = now(), checks = 3 where id = ?",
                deliveries.row().get("id"));
        await().untilAsserted(() ->
                assertThat(deliveries.row().get("notes")).asString().contains("[price unknown]"));
        assertThat(deliveries.row().get("check_at")).isNull();
    }

    @Test
    void twoBillsAreKeptApartAndSummed() {
        String sid = deliveries.id("CA0000000000000000000000000000a001");
        deliveries.send("twilio/voice-incoming.form");
        deliveries.send("vapi/end-of-call-report-inbound.json");
        deliveries.send("twilio/voice-status-completed-inbound.form");
        Neighbours.program(
                "/2010-04-01/Accounts/ACffffffffffffffffffffffffffffffff/Calls/" + sid + ".json",
                200,
                "{\"sid\":\"%s\",\"status\":\"completed\",\"duration\":\"258\",\"price\":\"-0.0340\",\"direction\":\"inbound\",\"from\":\"+14155550123\"}"
                        .formatted(sid));
        isDue();
        eventually(Map.of("carrier_cost", new BigDecimal("0.034000"), "agent_cost", new BigDecimal("0.321200")));
        assertThat(deliveries.row())
                .containsEntry("cost", new BigDecimal("0.355200"))
                .containsEntry("provider", "vapi");
    }

    @Test
    void aCallThatNobodyEndedIsAskedForAtItsProvider() {
        deliveries.send("vapi/status-update-in-progress.json");
        String id = deliveries.id(VAPI_CALL);
        JsonNode report =
                body(deliveries.payload("vapi/end-of-call-report-inbound.json")).path("message");
        Neighbours.program(
                "/call/" + id,
                200,
                "{\"id\":\"%s\",\"status\":\"ended\",\"type\":\"inboundPhoneCall\",\"updatedAt\":\"2026-11-10T17:05:00Z\",\"startedAt\":%s,\"endedAt\":%s,\"endedReason\":%s,\"cost\":0.3212,\"analysis\":%s,\"artifact\":%s}"
                        .formatted(
                                id,
                                report.path("startedAt"),
                                report.path("endedAt"),
                                report.path("endedReason"),
                                report.path("analysis"),
                                report.path("artifact")));
        isDue();
        eventually(Map.of("status", "completed", "duration", 258, "sentiment", "positive"));
    }

    @Test
    void aCallThatItsProviderDoesNotKnowIsClosedWithANote() {
        deliveries.send("vapi/status-update-ringing.json");
        isDue();
        eventually(Map.of("status", "failed", "status_source", "guess"));
        assertThat(deliveries.row().get("notes")).asString().contains("[closed without a final report]");
        assertThat(Deliveries.get("/q/metrics", Map.of()).body()).contains("frontdesk_stuck_calls");
        // Whoever knows better may still say so.
        deliveries.send("vapi/end-of-call-report-busy.json");
        assertThat(deliveries.row()).containsEntry("status", "busy");
    }
}
