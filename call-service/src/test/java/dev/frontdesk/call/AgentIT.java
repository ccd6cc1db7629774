package dev.frontdesk.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.testing.Infrastructure;
import dev.frontdesk.testing.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who the agent is, what it knows, and whom it hands over to. */
@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(Neighbours.class)
class AgentIT {

    private final PhoneCall call = new PhoneCall();

    @Test
    void faqsAreAnsweredFromTheCopyAndTheUseIsTold() {
        call.message("assistant-request", "");
        String faq = UUID.randomUUID().toString();
        String price = UUID.randomUUID().toString();
        String word = "zebra" + faq.substring(0, 6).replaceAll("[0-9]", "q");
        Topic.named("frontdesk.faqs").send(faq, """
                {"occurred_at":"2026-11-10T10:00:00Z","id":"%s","version":1,"category":"general","question":"Do you wash %s?",
                 "answer":"Yes, we wash them on Mondays.","keywords":["%s"],"is_active":true,"display_order":1}""".formatted(faq, word, word), PhoneCall.headers("faq.changed.v1"));
        await().untilAsserted(() -> assertThat(call.tool(
                                PhoneCall.fresh(),
                                "lookup_faq",
                                "{\"question\":\"could you wash my %s please\"}".formatted(word))
                        .path("result")
                        .asText())
                .isEqualTo("Yes, we wash them on Mondays."));
        Topic.named("frontdesk.faqs").send(price, """
                {"occurred_at":"2026-11-10T10:00:00Z","id":"%s","version":1,"category":"general","question":"How much does a pickup cost?",
                 "answer":"It is 23 dollars.","keywords":["price","cost"],"is_active":true,"display_order":2}""".formatted(price), PhoneCall.headers("faq.changed.v1"));
        await().untilAsserted(() -> assertThat(
                        call.tool(PhoneCall.fresh(), "lookup_faq", "{\"question\":\"what are your prices\"}")
                                .path("result")
                                .asText())
                .isEqualTo("It is 23 dollars."));
        assertThat(call.tool(PhoneCall.fresh(), "lookup_faq", "{\"question\":\"who won the 1998 world cup\"}")
                        .path("error")
                        .asText())
                .contains("no answer");
        await().untilAsserted(() -> assertThat(Topic.named("frontdesk.calls").messages())
                .anySatisfy(event -> assertThat(event.value()).contains("\"faq_id\": \"" + faq + "\""))
                .anySatisfy(event -> assertThat(event.value()).contains("who won the •••• world cup")));
    }

    @Test
    void theAssistantIsTheClientsPromptWithItsPlaceholdersFilled() {
        String unique = UUID.randomUUID().toString();
        Topic.named("frontdesk.system-prompts")
                .send(
                        "default:voice",
                        prompt(
                                "You are {{business_name}} %s. Today is {{today}} in {{time_zone}}. We sell {{services}}; open {{opening_hours}}. {{nonsense}}"
                                        .formatted(unique)),
                        PhoneCall.headers("system-prompt.activated.v1"));
        await().untilAsserted(() -> {
            JsonNode assistant = call.message("assistant-request", "").path("assistant");
            assertThat(assistant.at("/model/messages/0/content").asText())
                    .contains("You are Clean & Fold " + unique)
                    .contains("in America/New_York")
                    .contains("Regular (regular) 15.00 USD plus 8.00 per load")
                    .contains("monday 08:00 to 20:00")
                    .doesNotContain("{{");
            assertThat(assistant.path("firstMessage").asText()).contains("Clean & Fold");
            assertThat(assistant.at("/model/tools")).hasSize(11);
            assertThat(assistant.path("serverMessages").toString()).contains("end-of-call-report");
        });
        Topic.named("frontdesk.system-prompts")
                .send(
                        "default:voice",
                        prompt("Second version " + unique + ": {{services}}"),
                        PhoneCall.headers("system-prompt.activated.v1"));
        await().atMost(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(call.message("assistant-request", "")
                                .at("/assistant/model/messages/0/content")
                                .asText())
                        .startsWith("Second version " + unique));
        JsonNode acme = PhoneCall.read(Deliveries.to("acme").send("vapi/assistant-request.json"));
        assertThat(acme.toString()).contains("Acme Hair").doesNotContain(unique);
    }

    private static String prompt(String text) {
        return """
               {"occurred_at":"2026-11-10T10:00:00Z","id":"%s","version":%d,"prompt_type":"voice","prompt_version":"v9",
                "client_id":"default","system_prompt":"%s"}""".formatted(UUID.randomUUID(), System.nanoTime(), text);
    }

    @Test
    void theAssistantAnswersWithinASecondWhileBookingServiceHangs() {
        await().untilAsserted(() ->
                assertThat(call.message("assistant-request", "").toString()).contains("Regular (regular)"));
        Neighbours.deskHangs(true);
        try {
            for (int i = 0; i < 5; i++) {
                long start = System.nanoTime();
                assertThat(new PhoneCall().message("assistant-request", "").toString())
                        .contains("Regular (regular)");
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
            }
        } finally {
            Neighbours.deskHangs(false);
        }
    }

    @Test
    void anAssistantRequestWithoutACallIsAnsweredAllTheSame() {
        assertThat(PhoneCall.read(Deliveries.to("default").vapi("{\"message\":{\"type\":\"assistant-request\"}}"))
                        .at("/assistant/firstMessage")
                        .asText())
                .contains("Clean & Fold");
    }

    @Test
    void transfersGoToTheClientsPerson() {
        assertThat(PhoneCall.read(call.vapi.send("vapi/transfer-destination-request.json"))
                        .at("/destination/number")
                        .asText())
                .isEqualTo("+14155550177");
        assertThat(PhoneCall.read(Deliveries.to("acme").send("vapi/transfer-destination-request.json"))
                        .path("error")
                        .asText())
                .contains("Acme Hair");
        call.message("assistant-request", "");
        call.tool(PhoneCall.fresh(), "transfer_to_human", "{\"reason\":\"wants a refund\"}");
        assertThat(call.vapi.row().get("notes")).asString().contains("[asked for a person: wants a refund]");
    }

    @Test
    void retellsFunctionsAndInboundQuestionAreAnswered() {
        Deliveries retell = Deliveries.to("default");
        retell.send("retell/call-started.json");
        String slot = call.slot();
        String body = """
                {"name":"create_booking","args":%s,"call":{"call_id":"%s","call_type":"phone_call","direction":"inbound",
                 "from_number":"%s","to_number":"+14155550100"}}""".formatted(PhoneCall.booking(slot), retell.id("call_fixture0000000000000000c001"), call.phone);
        String first = PhoneCall.read(retell.retell(body)).path("result").asText();
        assertThat(first).startsWith("Booked: ");
        assertThat(PhoneCall.read(retell.retell(body)).path("result").asText()).isEqualTo(first);
        assertThat(Neighbours.bookings(call.phone)).hasSize(1);
        assertThat(retell.row().get("booking_id")).isNotNull();
        assertThat(PhoneCall.read(retell.retell("{\"name\":\"check_services\",\"args\":{}}"))
                        .path("result")
                        .asText())
                .startsWith("We offer");
        assertThat(PhoneCall.read(retell.send("retell/inbound-webhook.json"))
                        .at("/call_inbound/dynamic_variables/business_name")
                        .asText())
                .isEqualTo("Clean & Fold");
        assertThat(retell.send("retell/call-ended.json").statusCode()).isEqualTo(204);
    }
}
