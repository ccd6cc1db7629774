package dev.frontdesk.call;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole life of a call (providers.md D3), and what every fixture makes of a row. */
@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(Neighbours.class)
class StatesIT {

    private static final String SID = "CA0000000000000000000000000000a001";
    private static final String VAPI = "c0a11000-0000-4000-8000-00000000a001";

    private final Deliveries deliveries = Deliveries.to("default");

    /** {@code carrier:word} is a Twilio status, {@code agent:reason} a Vapi status-update, {@code report:reason} its report. */
    private void tell(String step) {
        String[] parts = step.trim().split(":");
        switch (parts[0]) {
            case "carrier" ->
                deliveries.twilio(
                        "/voice/status",
                        "AccountSid=ACffffffffffffffffffffffffffffffff&CallSid=%s&CallStatus=%s&Direction=inbound&From=%%2B14155550123&CallDuration=9"
                                .formatted(deliveries.id(SID), parts[1]));
            case "agent" ->
                deliveries.vapi(message(
                        "status-update",
                        "\"status\":\"%s\""
                                .formatted(
                                        parts[1].equals("in-progress")
                                                ? "in-progress"
                                                : "ended\",\"endedReason\":\"" + parts[1])));
            default ->
                deliveries.vapi(message(
                        "end-of-call-report",
                        "\"endedReason\":\"%s\"%s"
                                .formatted(
                                        parts[1],
                                        parts.length > 2
                                                ? ",\"startedAt\":\"2026-11-10T17:00:05Z\",\"durationSeconds\":"
                                                        + parts[2]
                                                : "")));
        }
    }

    private String message(String type, String more) {
        return """
               {"message":{"type":"%s",%s,"timestamp":1794330268909,"customer":{"number":"+14155550123"},
                "call":{"id":"%s","type":"inboundPhoneCall","phoneCallProvider":"twilio","phoneCallProviderId":"%s"}}}""".formatted(type, more, deliveries.id(VAPI), deliveries.id(SID));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            carrier:ringing, in-progress
            carrier:ringing > carrier:completed, completed
            carrier:completed > carrier:ringing, completed
            carrier:completed > carrier:in-progress, completed
            carrier:completed > carrier:busy, completed
            carrier:busy > carrier:completed, busy
            carrier:no-answer > carrier:failed, no-answer
            carrier:canceled > carrier:completed, no-answer
            agent:customer-ended-call > agent:in-progress, completed
            agent:customer-busy > report:customer-ended-call:9, busy
            carrier:completed > report:pipeline-error-x:9, failed
            report:pipeline-error-x:9 > carrier:completed, failed
            carrier:completed > agent:customer-did-not-answer, no-answer
            agent:customer-did-not-answer > carrier:completed, no-answer
            carrier:completed > agent:customer-busy, completed
            report:assistant-request-failed > carrier:busy, busy
            report:assistant-request-failed > carrier:no-answer, no-answer
            carrier:busy > report:assistant-request-failed, busy
            report:pipeline-error-x:9 > carrier:busy, failed
            agent:in-progress > agent:pipeline-error-x > carrier:busy, failed
            carrier:no-answer > report:customer-ended-call:9, no-answer
            agent:manually-canceled > report:manually-canceled:9, completed
            report:manually-canceled:9 > agent:manually-canceled, completed
            agent:manually-canceled > carrier:completed, completed
            agent:call-deleted > report:customer-ended-call:9, completed
            report:customer-ended-call:9 > agent:call-deleted, completed
            agent:something-new > report:something-new:9, completed
            """)
    void terminalStatesAreStickyWithTheirExceptions(String steps, String status) {
        for (String step : steps.split(">")) {
            tell(step);
        }
        assertThat(deliveries.row()).containsEntry("status", status);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            twilio/voice-status-busy.form, busy, 0, outbound, +14155550145, -
            twilio/voice-status-no-answer.form, no-answer, 0, outbound, +14155550145, -
            twilio/voice-status-failed.form, failed, 0, outbound, +14155550145, [SIP 404]
            twilio/voice-status-canceled.form, no-answer, 0, outbound, +14155550145, [canceled]
            twilio/voice-status-completed-machine.form, completed, 21, outbound, +14155550145, [voicemail]
            twilio/voice-status-completed-inbound.form, completed, 258, inbound, +14155550123, -
            twilio/voice-incoming-anonymous.form, in-progress, 0, inbound, anonymous, -
            twilio/transcription-completed.form, in-progress, 0, inbound, +14155550123, -
            twilio/amd-status.form, in-progress, 0, -, anonymous, [voicemail]
            vapi/status-update-queued.json, in-progress, 0, outbound, +14155550145, -
            vapi/status-update-ringing.json, in-progress, 0, outbound, +14155550145, -
            vapi/status-update-ended-invalid-assistant.json, failed, 0, inbound, +14155550123, -
            vapi/status-update-ended-no-answer.json, no-answer, 0, outbound, +14155550145, -
            vapi/end-of-call-report-busy.json, busy, 0, outbound, +14155550145, -
            vapi/end-of-call-report-no-answer.json, no-answer, 0, outbound, +14155550145, -
            vapi/end-of-call-report-voicemail.json, completed, 21, outbound, +14155550145, [voicemail]
            vapi/transfer-update.json, in-progress, 0, inbound, +14155550123, [transferred to +14155550177]
            retell/call-ended.json, completed, 258, inbound, +14155550123, -
            """)
    void everyFixtureMakesTheRowItMeans(
            String fixture, String status, int duration, String type, String phone, String notes) {
        assertThat(deliveries.send(fixture).statusCode()).isBetween(200, 299);
        Map<String, Object> row = deliveries.row();
        assertThat(row)
                .containsEntry("status", status)
                .containsEntry("duration", duration)
                .containsEntry("call_type", type)
                .containsEntry("phone_number", phone)
                .containsEntry("notes", notes);
    }

    @Test
    void aReportFillsEverythingTheSchemaHasRoomFor() {
        deliveries.send("vapi/end-of-call-report-inbound.json");
        assertThat(deliveries.row().get("recording_url"))
                .asString()
                .startsWith("https://storage.vapi.ai/")
                .contains("mono");
        assertThat(deliveries.row().get("transcript")).asString().startsWith("AI: Acme Dental");
        assertThat(deliveries.row().get("notes")).isEqualTo(deliveries.row().get("summary"));
        assertThat(deliveries.row())
                .containsEntry("ended_reason", "customer-ended-call")
                .containsEntry("provider_status", "ended");
    }

    @Test
    void childLegsNeverWin() {
        deliveries.send("twilio/voice-incoming.form");
        String leg =
                "AccountSid=ACffffffffffffffffffffffffffffffff&CallSid=%s&ParentCallSid=%s&CallStatus=%s&Direction=outbound-dial&To=sip:agent";
        for (String status : List.of("in-progress", "completed", "busy")) {
            deliveries.twilio(
                    "/voice/status",
                    leg.formatted(deliveries.id("CAffffffffffffffffffffffffffffffff"), deliveries.id(SID), status));
        }
        assertThat(deliveries.row())
                .containsEntry("status", "in-progress")
                .containsEntry("notes", "[not connected: busy]");
        Deliveries orphan = Deliveries.to("default");
        orphan.twilio(
                "/voice/status",
                leg.formatted(orphan.id(SID), orphan.id("CAffffffffffffffffffffffffffffffff"), "busy"));
        assertThat(orphan.rows()).isEmpty();
        assertThat(Deliveries.CALL.rows(
                        "select body from call_events where dedupe_key = ?", orphan.id(SID) + ":leg:busy"))
                .singleElement()
                .satisfies(event -> assertThat(event).containsEntry("body", null));
    }

    @Test
    void whatThereIsToHearIsTakenAfterTheEnd() {
        tell("carrier:completed");
        deliveries.twilio(
                "/voice/dial",
                "AccountSid=ACffffffffffffffffffffffffffffffff&CallSid=%s&CallStatus=in-progress&Direction=inbound&From=%%2B14155550123&DialCallStatus=completed&DialCallSid=CA2&RecordingUrl=https://api.twilio.com/RE1"
                        .formatted(deliveries.id(SID)));
        assertThat(deliveries.row())
                .containsEntry("status", "completed")
                .containsEntry("recording_url", "https://api.twilio.com/RE1");
    }

    @Test
    void theDialActionSaysGoodbyeAndEndsNothing() {
        deliveries.send("twilio/voice-incoming.form");
        String form =
                "AccountSid=ACffffffffffffffffffffffffffffffff&CallSid=%s&CallStatus=in-progress&Direction=inbound&From=%%2B14155550123&DialCallStatus=%s&DialCallSid=%s";
        assertThat(deliveries
                        .twilio("/voice/dial", form.formatted(deliveries.id(SID), "completed", "CA2"))
                        .body())
                .endsWith("<Response/>");
        assertThat(deliveries
                        .twilio("/voice/dial", form.formatted(deliveries.id(SID), "no-answer", "CA3"))
                        .body())
                .contains("<Say>Thank you for calling Clean &amp; Fold.");
        assertThat(deliveries.row())
                .containsEntry("status", "in-progress")
                .containsEntry("notes", "[not connected: no-answer]");
    }

    @Test
    void twoRowsThatTurnOutToBeOneCallAreMerged() {
        String json =
                message("status-update", "\"status\":\"queued\"").replace("\"phoneCallProviderId\"", "\"nothing\"");
        deliveries.vapi(json);
        tell("carrier:completed");
        assertThat(deliveries.rows()).hasSize(2);
        tell("report:customer-ended-call:9");
        assertThat(deliveries.row())
                .containsEntry("provider", "vapi")
                .containsEntry("status", "completed")
                .containsEntry("carrier_call_id", deliveries.id(SID));
    }

    @Test
    void mergingTwoRowsKeepsWhatStaffWroteAndTheBillThatIsDue() {
        String unlinked = message("status-update", "\"status\":\"ended\",\"endedReason\":\"customer-ended-call\"")
                .replace("\"phoneCallProviderId\"", "\"nothing\"");
        deliveries.vapi(unlinked);
        tell("carrier:completed");
        Object carrier = Deliveries.CALL.value("select id from calls where carrier_call_id = ?", deliveries.id(SID));
        given().contentType(ContentType.JSON)
                .body("{\"summary\":\"She will call again\",\"transcript\":\"None\",\"sentiment\":\"negative\","
                        + "\"customer_name\":\"Mrs Lopez\",\"recording_consent\":false}")
                .patch("/api/calls/" + carrier)
                .then()
                .statusCode(200);
        deliveries.vapi(
                message(
                        "end-of-call-report",
                        "\"endedReason\":\"customer-ended-call\",\"transcript\":\"AI: Hello\",\"summary\":\"A call\",\"analysis\":{\"structuredData\":{\"sentiment\":\"positive\",\"customerName\":\"Maria\"}}"));
        assertThat(deliveries.row())
                .containsEntry("provider", "vapi")
                .containsEntry("summary", "She will call again")
                .containsEntry("transcript", "None")
                .containsEntry("sentiment", "negative")
                .containsEntry("customer_name", "Mrs Lopez")
                .containsEntry("recording_consent", false);
        assertThat(deliveries.row().get("check_at")).isNotNull();
    }

    @Test
    void anIdThatAnotherDeliveryIsJustClaimingIsWaitedForAndTheTwoAreOneCall() throws SQLException {
        deliveries.vapi(
                message("status-update", "\"status\":\"queued\"").replace("\"phoneCallProviderId\"", "\"nothing\""));
        CompletableFuture<HttpResponse<String>> answer;
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://%s/call".formatted(Infrastructure.postgresAddress()),
                        "postgres",
                        "postgres");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("""
                    insert into calls (client_id, phone_number, provider, provider_call_id, carrier_call_id, status)
                    values ('default', '+14155550123', 'twilio', '%1$s', '%1$s', 'in-progress')
                    """.formatted(deliveries.id(SID)));
            String report = message("end-of-call-report", "\"endedReason\":\"customer-ended-call\"");
            answer = CompletableFuture.supplyAsync(() -> deliveries.vapi(report));
            await().until(() -> Deliveries.CALL.count(
                            "select count(*) from pg_locks where locktype = 'transactionid' and not granted")
                    > 0);
            connection.commit();
        }
        assertThat(answer.join().statusCode()).isEqualTo(200);
        assertThat(deliveries.row())
                .containsEntry("provider", "vapi")
                .containsEntry("status", "completed")
                .containsEntry("carrier_call_id", deliveries.id(SID));
    }

    @Test
    void anAgentReachedBySipIsLinkedByTheReferenceWeGaveIt() {
        deliveries.send("twilio/voice-incoming.form");
        deliveries.vapi("""
                {"message":{"type":"end-of-call-report","timestamp":1794330268909,"endedReason":"customer-ended-call","cost":0.1,
                 "call":{"id":"%s","type":"inboundPhoneCall","phoneCallProvider":"vapi","phoneCallProviderId":"sip-77",
                 "assistantOverrides":{"variableValues":{"X-Call-Ref":"%s"}}}}}""".formatted(deliveries.id(VAPI), deliveries.id(SID)));
        assertThat(deliveries.row())
                .containsEntry("provider", "vapi")
                .containsEntry("phone_number", "+14155550123")
                .containsEntry("carrier_call_id", deliveries.id(SID));
    }
}
