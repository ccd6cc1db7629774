package dev.frontdesk.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.http.Json;
import dev.frontdesk.testing.Infrastructure;
import dev.frontdesk.testing.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the agent can do for a caller, and what nobody can make it do. */
@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(Neighbours.class)
class ToolsIT {

    private static final String VAPI_CALL = "c0a11000-0000-4000-8000-00000000a001";

    private final Deliveries vapi = Deliveries.to("default");
    private final String phone =
            "+1415555" + (1000 + ThreadLocalRandom.current().nextInt(9000));

    @AfterEach
    void theDeskIsBack() {
        Neighbours.deskIsDown(false);
    }

    private JsonNode message(String type, String more) {
        return read(vapi.vapi("""
                {"message":{"type":"%s","timestamp":1794330019800,%s
                 "call":{"id":"%s","type":"inboundPhoneCall","phoneCallProvider":"twilio"},"customer":{"number":"%s"}}}""".formatted(type, more, vapi.id(VAPI_CALL), phone)));
    }

    private JsonNode tool(String id, String name, String arguments) {
        return message(
                        "tool-calls",
                        "\"toolCallList\":[{\"id\":\"%s\",\"type\":\"function\",\"function\":{\"name\":\"%s\",\"arguments\":%s}}],"
                                .formatted(id, name, arguments))
                .path("results")
                .path(0);
    }

    private static JsonNode read(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        try {
            return Json.mapper().readTree(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String fresh() {
        return "call_" + UUID.randomUUID();
    }

    private String slot() {
        String offered = tool(fresh(), "get_availability", "{\"service_type\":\"regular\",\"date\":\"2030-01-07\"}")
                .path("result")
                .asText();
        assertThat(offered).contains("Monday, 7 January at 03:00 PM");
        return offered.replaceFirst(".*slot_id ([^)]+)\\).*", "$1");
    }

    private static String booking(String slot) {
        return "{\"customer_name\":\"Maria Lopez\",\"service_type\":\"regular\",\"slot_id\":\"%s\",\"phone\":\"+14155559999\"}"
                .formatted(slot);
    }

    @Test
    void aCallThatBooksMakesOneBookingHoweverOftenEverythingIsSent() {
        message("assistant-request", "");
        String slot = slot();
        String id = fresh();
        JsonNode first = tool(id, "create_booking", booking(slot));
        assertThat(first.path("toolCallId").asText()).isEqualTo(id);
        assertThat(first.path("result").asText())
                .startsWith("Booked: Regular on Monday, 7 January at 03:00 PM, reference ");
        // The same id; another id with the same content; the arguments as a text.
        assertThat(tool(id, "create_booking", booking(slot))).isEqualTo(first);
        assertThat(tool(fresh(), "create_booking", booking(slot)).path("result"))
                .isEqualTo(first.path("result"));
        assertThat(tool(id, "create_booking", "\"" + booking(slot).replace("\"", "\\\"") + "\""))
                .isEqualTo(first);
        vapi.send("vapi/end-of-call-report-inbound.json");
        assertThat(tool(id, "create_booking", booking(slot))).isEqualTo(first);

        JsonNode bookings = Neighbours.bookings(phone);
        assertThat(bookings).hasSize(1);
        assertThat(bookings.get(0).path("source").asText()).isEqualTo("voice");
        assertThat(Neighbours.bookings("+14155559999")).isEmpty();
        assertThat(vapi.row())
                .containsEntry(
                        "booking_id", UUID.fromString(bookings.get(0).path("id").asText()))
                .containsEntry("status", "completed");
        await().untilAsserted(() -> assertThat(Topic.named("frontdesk.calls")
                        .messages(vapi.row().get("id").toString()))
                .anySatisfy(event -> assertThat(event.value())
                        .contains(bookings.get(0).path("id").asText())));
    }

    @Test
    void theSameToolCallTwentyTimesInParallelHasOneEffect() {
        message("assistant-request", "");
        String slot = slot();
        String id = fresh();
        List<CompletableFuture<String>> answers = IntStream.range(0, 20)
                .mapToObj(i -> CompletableFuture.supplyAsync(() ->
                        tool(id, "create_booking", booking(slot)).path("result").asText()))
                .toList();
        assertThat(answers.stream().map(CompletableFuture::join).distinct()).hasSize(1);
        assertThat(Neighbours.bookings(phone)).hasSize(1);
    }

    @Test
    void aTakenSlotIsRefusedWithWhatIsFree() {
        message("assistant-request", "");
        String slot = slot();
        tool(fresh(), "create_booking", booking(slot));
        String other = booking(slot).replace("Maria Lopez", "John Smith");
        assertThat(tool(fresh(), "create_booking", other).path("error").asText())
                .isEqualTo(
                        "That time has just been taken. Free times: Monday, 7 January at 03:30 PM (slot_id another).");
        assertThat(tool(
                                fresh(),
                                "create_booking",
                                "{\"customer_name\":\"A\",\"service_type\":\"nails\",\"slot_id\":\"x\"}")
                        .path("error")
                        .asText())
                .contains("must be one of regular");
    }

    @Test
    void aCallerSeesAndChangesOnlyTheirOwnBookings() {
        message("assistant-request", "");
        tool(fresh(), "create_booking", booking(slot()));
        String reference = Neighbours.bookings(phone).get(0).path("reference").asText();

        ToolsIT stranger = new ToolsIT();
        stranger.message("assistant-request", "");
        for (String name : List.of("cancel_booking", "reschedule_booking")) {
            String arguments = "{\"reference\":\"%s\",\"slot_id\":\"s\",\"phone\":\"%s\",\"customer_phone\":\"%s\"}"
                    .formatted(reference, phone, phone);
            assertThat(stranger.tool(fresh(), name, arguments).path("error").asText())
                    .isEqualTo("There is no booking to come with that reference for the caller's number.");
        }
        assertThat(stranger.tool(fresh(), "find_bookings", "{\"phone\":\"%s\"}".formatted(phone))
                        .path("result")
                        .asText())
                .isEqualTo("The caller has no booking to come.");
        stranger.tool(fresh(), "update_address", "{\"address\":\"1 Evil Road\"}");
        assertThat(Neighbours.bookings(phone).get(0).path("status").asText()).isEqualTo("pending");
        assertThat(Neighbours.bookings(phone).get(0).has("pickup_address")
                        && !Neighbours.bookings(phone)
                                .get(0)
                                .path("pickup_address")
                                .isNull())
                .isFalse();

        assertThat(tool(fresh(), "find_bookings", "{}").path("result").asText()).contains(reference);
        assertThat(tool(fresh(), "update_address", "{\"address\":\"2 Good Street\"}")
                        .path("result")
                        .asText())
                .contains("1 booking");
        String spoken = String.join(" ", reference.toLowerCase().split(""));
        assertThat(tool(fresh(), "cancel_booking", "{\"reference\":\"%s\"}".formatted(spoken))
                        .path("result")
                        .asText())
                .startsWith("Cancelled: ");
        assertThat(Neighbours.bookings(phone).get(0).path("status").asText()).isEqualTo("cancelled");
    }

    @Test
    void aWithheldNumberCannotBook() {
        String json = """
                {"message":{"type":"tool-calls","call":{"id":"%s"},"toolCallList":[{"id":"%s","name":"create_booking",
                 "arguments":{"customer_name":"A","service_type":"regular","slot_id":"x","phone":"%s"}}]}}""".formatted(vapi.id(VAPI_CALL), fresh(), phone);
        assertThat(read(vapi.vapi(json)).path("results").path(0).path("error").asText())
                .contains("withheld");
        assertThat(Neighbours.bookings(phone)).isEmpty();
    }

    @Test
    void withTheDeskAwayTheCallerHearsASentenceAndTheBookingIsMadeLater() {
        message("assistant-request", "");
        String slot = slot();
        Neighbours.deskIsDown(true);
        long start = System.nanoTime();
        assertThat(tool(fresh(), "create_booking", booking(slot)).path("error").asText())
                .contains("The request is noted")
                .doesNotContain("\n");
        assertThat(tool(fresh(), "find_bookings", "{}").path("error").asText()).contains("can't look that up");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
        Neighbours.deskIsDown(false);
        await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
            assertThat(Neighbours.bookings(phone)).hasSize(1);
            assertThat(vapi.row().get("booking_id")).isNotNull();
        });
    }

    @Test
    void everyShapeOfToolCallsIsRead() {
        message("assistant-request", "");
        List<String> shapes = List.of(
                "\"toolCallList\":[{\"id\":\"%s\",\"name\":\"check_services\",\"parameters\":{}}],",
                "\"toolCalls\":[{\"id\":\"%s\",\"name\":\"check_services\",\"arguments\":\"{}\"}],",
                "\"toolWithToolCallList\":[{\"toolCall\":{\"id\":\"%s\",\"function\":{\"name\":\"check_services\"}}}],");
        for (String shape : shapes) {
            String id = fresh();
            JsonNode result =
                    message("tool-calls", shape.formatted(id)).path("results").path(0);
            assertThat(result.path("toolCallId").asText()).isEqualTo(id);
            assertThat(result.path("result").asText())
                    .isEqualTo(
                            "We offer: Regular (service_type regular), 15.00 USD plus 8.00 per load, at most 20 loads, 30 minutes.");
        }
        assertThat(message("function-call", "\"functionCall\":{\"name\":\"check_services\",\"parameters\":{}},")
                        .path("result")
                        .asText())
                .startsWith("We offer");
        assertThat(read(vapi.send("vapi/tool-calls-object-arguments.json"))
                        .path("results")
                        .path(0)
                        .path("error")
                        .asText())
                .isEqualTo("There is no tool of that name.");
    }

    @Test
    void whateverTheModelSendsIsAnswered() {
        message("assistant-request", "");
        List<String> arguments = new ArrayList<>(List.of("{}", "null", "[]", "\"{broken\"", "7", "\"text\""));
        arguments.add(
                "{\"service_type\":{\"a\":1},\"date\":[1],\"reference\":true,\"question\":null,\"number_of_loads\":1e99}");
        arguments.add("{\"question\":\"" + "x".repeat(20_000) + "\"}");
        for (String name : List.of(
                "check_services",
                "get_availability",
                "create_booking",
                "find_bookings",
                "reschedule_booking",
                "cancel_booking",
                "lookup_faq",
                "find_customer",
                "update_address",
                "transfer_to_human",
                "rm -rf")) {
            for (String given : arguments) {
                JsonNode result = tool(fresh(), name, given);
                assertThat(result.path("result").asText(result.path("error").asText()))
                        .as("%s %s", name, given)
                        .isNotBlank()
                        .doesNotContain("\n");
            }
        }
    }

    @Test
    void faqsAreAnsweredFromTheCopyAndTheUseIsTold() {
        message("assistant-request", "");
        String faq = UUID.randomUUID().toString();
        String word = "zebra" + faq.substring(0, 6).replaceAll("[0-9]", "q");
        Topic.named("frontdesk.faqs").send(faq, """
                {"occurred_at":"2026-11-10T10:00:00Z","id":"%s","version":1,"category":"general","question":"Do you wash %s?",
                 "answer":"Yes, we wash them on Mondays.","keywords":["%s"],"is_active":true,"display_order":1}""".formatted(faq, word, word), headers("faq.changed.v1"));
        await().untilAsserted(() -> assertThat(
                        tool(fresh(), "lookup_faq", "{\"question\":\"could you wash my %s please\"}".formatted(word))
                                .path("result")
                                .asText())
                .isEqualTo("Yes, we wash them on Mondays."));
        assertThat(tool(fresh(), "lookup_faq", "{\"question\":\"who won the 1998 world cup\"}")
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
                        """
                {"occurred_at":"2026-11-10T10:00:00Z","id":"%s","version":%d,"prompt_type":"voice","prompt_version":"v9",
                 "client_id":"default","system_prompt":"You are {{business_name}} %s. Today is {{today}} in {{time_zone}}. We sell {{services}}; open {{opening_hours}}. {{nonsense}}"}""".formatted(UUID.randomUUID(), System.currentTimeMillis(), unique),
                        headers("system-prompt.activated.v1"));
        await().untilAsserted(() -> {
            JsonNode assistant = message("assistant-request", "").path("assistant");
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
        JsonNode acme = read(Deliveries.to("acme").send("vapi/assistant-request.json"));
        assertThat(acme.toString()).contains("Acme Hair").doesNotContain(unique);
    }

    @Test
    void transfersGoToTheClientsPerson() {
        assertThat(read(vapi.send("vapi/transfer-destination-request.json"))
                        .at("/destination/number")
                        .asText())
                .isEqualTo("+14155550177");
        assertThat(read(Deliveries.to("acme").send("vapi/transfer-destination-request.json"))
                        .path("error")
                        .asText())
                .contains("Acme Hair");
        message("assistant-request", "");
        tool(fresh(), "transfer_to_human", "{\"reason\":\"wants a refund\"}");
        assertThat(vapi.row().get("notes")).asString().contains("[asked for a person: wants a refund]");
    }

    @Test
    void retellsFunctionsAndInboundQuestionAreAnswered() {
        Deliveries retell = Deliveries.to("default");
        retell.send("retell/call-started.json");
        String slot = slot();
        String body = """
                {"name":"create_booking","args":%s,"call":{"call_id":"%s","call_type":"phone_call","direction":"inbound",
                 "from_number":"%s","to_number":"+14155550100"}}""".formatted(booking(slot), retell.id("call_fixture0000000000000000c001"), phone);
        String first = read(retell.retell(body)).path("result").asText();
        assertThat(first).startsWith("Booked: ");
        assertThat(read(retell.retell(body)).path("result").asText()).isEqualTo(first);
        assertThat(Neighbours.bookings(phone)).hasSize(1);
        assertThat(retell.row().get("booking_id")).isNotNull();
        assertThat(read(retell.retell("{\"name\":\"check_services\",\"args\":{}}"))
                        .path("result")
                        .asText())
                .startsWith("We offer");
        assertThat(read(retell.send("retell/inbound-webhook.json"))
                        .at("/call_inbound/dynamic_variables/business_name")
                        .asText())
                .isEqualTo("Clean & Fold");
        assertThat(retell.send("retell/call-ended.json").statusCode()).isEqualTo(204);
    }

    static Map<String, String> headers(String type) {
        return Map.of(
                "ce_id", UUID.randomUUID().toString(),
                "ce_type", type,
                "ce_source", "/test",
                "ce_specversion", "1.0",
                "ce_clientid", "default");
    }
}
