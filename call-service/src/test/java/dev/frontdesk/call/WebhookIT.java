package dev.frontdesk.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.testing.Infrastructure;
import dev.frontdesk.testing.Topic;
import dev.frontdesk.webhook.Form;
import dev.frontdesk.webhook.TwilioSignature;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every webhook keeps to, whoever sends it. */
@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(Neighbours.class)
class WebhookIT {

    private static final String COMPLETED = "twilio/voice-status-4-completed.form";
    private static final String REPORT = "vapi/end-of-call-report-inbound.json";

    @Test
    void aCompletedTwilioCallIsARowAnEventAndARawMessage() {
        Deliveries twilio = Deliveries.to("default");
        assertThat(twilio.send(COMPLETED).statusCode()).isEqualTo(200);
        Map<String, Object> row = twilio.row();
        assertThat(row)
                .containsEntry("status", "completed")
                .containsEntry("duration", 49)
                .containsEntry("call_type", "outbound")
                .containsEntry("phone_number", "+14155550145")
                .containsEntry("provider", "twilio")
                .containsEntry("client_id", "default");
        await().untilAsserted(() -> assertThat(
                        Topic.named("frontdesk.calls").messages(row.get("id").toString()))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.headers()).containsEntry("ce_type", "call.ended.v1");
                    assertThat(event.headers()).containsEntry("ce_clientid", "default");
                    assertThat(event.value()).contains("\"duration\": 49");
                }));
        assertThat(Deliveries.CALL.value("select body from call_events where call_id = ?", row.get("id")))
                .asString()
                .contains("CallStatus=completed");
    }

    @Test
    void theSameWebhookTwentyTimesInParallelIsOneCallAndOneEvent() {
        for (String fixture : List.of(COMPLETED, REPORT, "retell/call-analyzed.json")) {
            Deliveries provider = Deliveries.to("default");
            provider.payload(fixture);
            List<CompletableFuture<Integer>> answers = IntStream.range(0, 20)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> provider.send(fixture).statusCode()))
                    .toList();
            assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isBetween(200, 299));
            assertThat(provider.row()).containsEntry("version", 1L);
        }
    }

    @Test
    void differentMessagesOfOneNewCallInParallelMakeOneRow() {
        List<String> fixtures = List.of(
                "vapi/assistant-request.json",
                "vapi/status-update-in-progress.json",
                "twilio/voice-incoming.form",
                "twilio/recording-status-completed.form",
                "vapi/status-update-ended.json",
                "twilio/voice-status-completed-inbound.form",
                REPORT);
        for (int round = 0; round < 10; round++) {
            Deliveries providers = Deliveries.to("default");
            fixtures.forEach(providers::payload);
            fixtures.stream()
                    .map(it -> CompletableFuture.supplyAsync(
                            () -> providers.send(it).statusCode()))
                    .toList()
                    .forEach(answer -> assertThat(answer.join()).isBetween(200, 299));
            assertThat(providers.row())
                    .containsEntry("status", "completed")
                    .containsEntry("provider", "vapi")
                    .containsEntry("customer_name", "Maria Lopez")
                    .containsEntry("duration", 258);
        }
    }

    @Test
    void whatTheClientDidNotSignIsRefusedAndNotStored() {
        Deliveries twilio = Deliveries.to("default");
        String form = twilio.payload(COMPLETED);
        String path = "/webhooks/twilio/default/voice/status";
        assertThat(Deliveries.signed(path, form, "another-token").statusCode()).isEqualTo(403);
        assertThat(Deliveries.post(path, form, "application/x-www-form-urlencoded", Map.of())
                        .statusCode())
                .isEqualTo(403);
        String others = form.replace("ACffffffffffffffffffffffffffffffff", "ACeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee");
        HttpResponse<String> otherAccount = Deliveries.signed(path, others, "local-twilio-token");
        assertThat(otherAccount.statusCode()).isEqualTo(403);
        assertThat(otherAccount.headers().firstValue("content-type")).hasValue("application/problem+json");

        Deliveries vapi = Deliveries.to("default");
        String json = vapi.payload(REPORT);
        for (Map<String, String> headers : List.of(
                Map.<String, String>of(),
                Map.of("X-Vapi-Secret", "wrong"),
                Map.of("X-Vapi-Secret", "acme-vapi-secret"))) {
            assertThat(Deliveries.post("/webhooks/vapi/default", json, "application/json", headers)
                            .statusCode())
                    .isEqualTo(401);
        }
        assertThat(Deliveries.post(
                                "/webhooks/retell/default",
                                vapi.payload("retell/call-ended.json"),
                                "application/json",
                                Map.of("X-Retell-Signature", "v=1,d=00"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(twilio.rows()).isEmpty();
        assertThat(vapi.rows()).isEmpty();
    }

    @Test
    void unknownClientsAre404AndUnreadableBodies400() {
        Map<String, String> secret = Map.of("X-Vapi-Secret", "local-vapi-secret");
        assertThat(Deliveries.post("/webhooks/vapi/nobody", "{}", "application/json", secret)
                        .statusCode())
                .isEqualTo(404);
        for (String body :
                List.of("", "{", "[]", "{}", "{\"message\":{}}", "{\"message\":{\"type\":\"status-update\"}}")) {
            assertThat(Deliveries.post("/webhooks/vapi/default", body, "application/json", secret)
                            .statusCode())
                    .as(body)
                    .isEqualTo(400);
        }
        assertThat(Deliveries.signed(
                                "/api/webhooks/twilio/status",
                                "AccountSid=ACffffffffffffffffffffffffffffffff",
                                "local-twilio-token")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void thePathsOfExistingDeploymentsServeClientDefault() {
        Deliveries twilio = Deliveries.to("default");
        assertThat(Deliveries.signed("/api/webhooks/twilio/status", twilio.payload(COMPLETED), "local-twilio-token")
                        .statusCode())
                .isEqualTo(200);
        assertThat(twilio.row()).containsEntry("status", "completed");
        Deliveries vapi = Deliveries.to("default");
        HttpResponse<String> answer = Deliveries.post(
                "/api/webhooks/vapi",
                vapi.payload(REPORT),
                "application/json",
                Map.of("Authorization", "Bearer local-vapi-secret"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{}");
        assertThat(vapi.row()).containsEntry("client_id", "default");
    }

    @Test
    void unknownMessagesAreTakenAndLeaveNothing() {
        Deliveries vapi = Deliveries.to("default");
        for (String fixture : List.of("vapi/conversation-update.json", "vapi/hang.json")) {
            assertThat(vapi.send(fixture).body()).isEqualTo("{}");
        }
        assertThat(vapi.vapi("{\"message\":{\"type\":\"something.new.2027\"}}").statusCode())
                .isEqualTo(200);
        assertThat(vapi.rows()).isEmpty();
    }

    @Test
    void secretsInMessagesAreNotKept() {
        Deliveries vapi = Deliveries.to("default");
        String json = vapi.payload(REPORT)
                .replace(
                        "\"twilioAccountSid\"",
                        "\"twilioAuthToken\":\"s3cr3t-token\",\"serverUrlSecret\":\"s3cr3t\",\"twilioAccountSid\"");
        vapi.vapi(json);
        assertThat(Deliveries.CALL.value(
                        "select body from call_events where call_id = ?",
                        vapi.row().get("id")))
                .asString()
                .doesNotContain("s3cr3t", "controlUrl", "listenUrl")
                .contains("end-of-call-report");
    }

    @Test
    void aCallerWhoIsACustomerHasTheCustomersName() {
        String phone = "+1415557" + (1000 + ThreadLocalRandom.current().nextInt(9000));
        Deliveries.CALL.run("""
                insert into customer_copies (client_id, id, version, phone, name) values ('default', ?, 7, ?, 'Maria Lopez-Diaz')
                """, UUID.randomUUID(), phone);
        Deliveries twilio = Deliveries.to("default");
        twilio.twilio(
                "/voice", twilio.payload("twilio/voice-incoming.form").replace("14155550123", phone.substring(1)));
        assertThat(twilio.row())
                .containsEntry("phone_number", phone)
                .containsEntry("customer_name", "Maria Lopez-Diaz");
        Deliveries stranger = Deliveries.to("acme");
        stranger.twilio(
                "/voice", stranger.payload("twilio/voice-incoming.form").replace("14155550123", phone.substring(1)));
        assertThat(stranger.row()).containsEntry("customer_name", "LOPEZ MARIA");
    }

    @Test
    void anIncomingCallIsConnectedWithTheClientsAgentByPostAndByGet() {
        Deliveries twilio = Deliveries.to("default");
        HttpResponse<String> answer = twilio.send("twilio/voice-incoming.form");
        assertThat(answer.headers().firstValue("content-type").orElseThrow()).startsWith("text/xml");
        assertThat(answer.body())
                .contains("<Dial action=\"http://localhost:8080/webhooks/twilio/default/voice/dial\"")
                .contains(
                        "recordingStatusCallback=\"http://localhost:8080/webhooks/twilio/default/voice/recording#rc=3&amp;")
                .contains("sip:default@sip.vapi.ai?X-Call-Ref=" + twilio.id("CA0000000000000000000000000000a001"));
        assertThat(twilio.send("twilio/voice-incoming.form").body()).isEqualTo(answer.body());

        Deliveries byGet = Deliveries.to("default");
        String path = "/webhooks/twilio/default/voice?" + byGet.payload("twilio/voice-incoming.form");
        String signature = TwilioSignature.sign(Deliveries.PUBLIC_URL + path, Form.of(List.of()), "local-twilio-token");
        assertThat(Deliveries.get(path, Map.of("X-Twilio-Signature", signature)).body())
                .contains("<Dial");
        assertThat(byGet.row())
                .containsEntry("status", "in-progress")
                .containsEntry("call_type", "inbound")
                .containsEntry("customer_name", "LOPEZ MARIA")
                .containsEntry("phone_number", "+14155550123");
    }

    @Test
    void aWithheldNumberIsAnonymous() {
        Deliveries twilio = Deliveries.to("default");
        twilio.send("twilio/voice-incoming-anonymous.form");
        assertThat(twilio.row()).containsEntry("phone_number", "anonymous");
    }

    @Test
    void anotherClientSeesNothing() {
        Deliveries acme = Deliveries.to("acme");
        acme.send(COMPLETED);
        String id = acme.row().get("id").toString();
        assertThat(acme.row()).containsEntry("client_id", "acme");
        assertThat(Deliveries.get("/api/calls/" + id, Map.of()).statusCode()).isEqualTo(404);
        assertThat(Deliveries.get("/api/calls/" + id, Map.of("X-Client-Id", "acme"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(Deliveries.get("/api/calls?limit=200", Map.of()).body()).doesNotContain(id);
        assertThat(Deliveries.get("/api/calls?limit=200", Map.of("X-Client-Id", "acme"))
                        .body())
                .contains(id);
    }
}
