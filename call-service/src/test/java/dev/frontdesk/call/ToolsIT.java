package dev.frontdesk.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.testing.Infrastructure;
import dev.frontdesk.testing.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the agent can do for a caller, and what nobody can make it do. */
@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(Neighbours.class)
class ToolsIT {

    private final PhoneCall call = new PhoneCall();

    @Test
    void aCallThatBooksIsTheSameWithEveryWebhookSentThreeTimes() {
        List<Object> once = aCallThatBooks(1);
        assertThat(aCallThatBooks(3)).isEqualTo(once);
    }

    /** What came of it, ids and times aside. */
    private static List<Object> aCallThatBooks(int times) {
        PhoneCall call = new PhoneCall();
        String slot = call.slot();
        String asked = PhoneCall.fresh();
        String booked = PhoneCall.fresh();
        List<Supplier<Object>> webhooks = List.of(
                () -> call.vapi.send("twilio/voice-incoming.form").body(),
                () -> call.message("assistant-request", "").at("/assistant/firstMessage"),
                () -> call.vapi.send("vapi/status-update-in-progress.json").body(),
                () -> call.tool(asked, "find_bookings", "{}"),
                () -> call.tool(booked, "create_booking", PhoneCall.booking(slot)),
                () -> call.vapi.send("vapi/status-update-ended.json").body(),
                () -> call.vapi.send("vapi/end-of-call-report-inbound.json").body(),
                () -> call.vapi
                        .send("twilio/voice-status-completed-inbound.form")
                        .body());
        for (Supplier<Object> webhook : webhooks) {
            assertThat(Stream.generate(webhook).limit(times).distinct()).hasSize(1);
        }
        Map<String, Object> row = call.vapi.row();
        assertThat(row.get("booking_id").toString())
                .isEqualTo(Neighbours.bookings(call.phone).get(0).path("id").asText());
        Object id = row.get("id");
        return List.of(
                Neighbours.bookings(call.phone).size(),
                Neighbours.bookings(call.phone).get(0).path("source").asText(),
                Stream.of("status", "duration", "cost", "sentiment", "customer_name", "transcript", "notes", "version")
                        .map(row::get)
                        .toList(),
                Deliveries.CALL.count("select count(*) from call_events where call_id = ?", id),
                Deliveries.CALL.count("select count(*) from tool_invocations where call_id = ?", id));
    }

    @Test
    void aCallThatBooksMakesOneBookingHoweverOftenEverythingIsSent() {
        call.message("assistant-request", "");
        String slot = call.slot();
        String id = PhoneCall.fresh();
        JsonNode first = call.tool(id, "create_booking", PhoneCall.booking(slot));
        assertThat(first.path("toolCallId").asText()).isEqualTo(id);
        assertThat(first.path("result").asText())
                .startsWith("Booked: Regular on Monday, 7 January at 03:00 PM, reference ");
        // The same id; another id with the same content; the arguments as a text.
        assertThat(call.tool(id, "create_booking", PhoneCall.booking(slot))).isEqualTo(first);
        assertThat(call.tool(PhoneCall.fresh(), "create_booking", PhoneCall.booking(slot))
                        .path("result"))
                .isEqualTo(first.path("result"));
        assertThat(call.tool(
                        id, "create_booking", "\"" + PhoneCall.booking(slot).replace("\"", "\\\"") + "\""))
                .isEqualTo(first);
        call.vapi.send("vapi/end-of-call-report-inbound.json");
        assertThat(call.tool(id, "create_booking", PhoneCall.booking(slot))).isEqualTo(first);

        JsonNode bookings = Neighbours.bookings(call.phone);
        assertThat(bookings).hasSize(1);
        assertThat(bookings.get(0).path("source").asText()).isEqualTo("voice");
        assertThat(Neighbours.bookings("+14155559999")).isEmpty();
        assertThat(call.vapi.row())
                .containsEntry(
                        "booking_id", UUID.fromString(bookings.get(0).path("id").asText()))
                .containsEntry("status", "completed");
        await().untilAsserted(() -> assertThat(Topic.named("frontdesk.calls")
                        .messages(call.vapi.row().get("id").toString()))
                .anySatisfy(event -> assertThat(event.value())
                        .contains(bookings.get(0).path("id").asText())));
    }

    @Test
    void theSameToolCallTwentyTimesInParallelHasOneEffect() {
        call.message("assistant-request", "");
        String slot = call.slot();
        String id = PhoneCall.fresh();
        List<CompletableFuture<String>> answers = IntStream.range(0, 20)
                .mapToObj(i ->
                        CompletableFuture.supplyAsync(() -> call.tool(id, "create_booking", PhoneCall.booking(slot))
                                .path("result")
                                .asText()))
                .toList();
        assertThat(answers.stream().map(CompletableFuture::join).distinct()).hasSize(1);
        assertThat(Neighbours.bookings(call.phone)).hasSize(1);
    }

    @Test
    void aTakenSlotIsRefusedWithWhatIsFree() {
        call.message("assistant-request", "");
        String slot = call.slot();
        call.tool(PhoneCall.fresh(), "create_booking", PhoneCall.booking(slot));
        String other = PhoneCall.booking(slot).replace("Maria Lopez", "John Smith");
        assertThat(call.tool(PhoneCall.fresh(), "create_booking", other)
                        .path("error")
                        .asText())
                .isEqualTo(
                        "That time has just been taken. Free times: Monday, 7 January at 03:30 PM (slot_id another).");
        assertThat(call.tool(
                                PhoneCall.fresh(),
                                "create_booking",
                                "{\"customer_name\":\"A\",\"service_type\":\"nails\",\"slot_id\":\"x\"}")
                        .path("error")
                        .asText())
                .contains("must be one of regular");
    }

    @Test
    void whatWasCancelledMayBeBookedAgain() {
        call.message("assistant-request", "");
        String slot = call.slot();
        call.tool(PhoneCall.fresh(), "create_booking", PhoneCall.booking(slot));
        String reference =
                Neighbours.bookings(call.phone).get(0).path("reference").asText();
        String cancel = "{\"reference\":\"%s\"}".formatted(reference);
        assertThat(call.tool(PhoneCall.fresh(), "cancel_booking", cancel)
                        .path("result")
                        .asText())
                .startsWith("Cancelled");
        assertThat(call.tool(PhoneCall.fresh(), "cancel_booking", cancel)
                        .path("result")
                        .asText())
                .startsWith("Cancelled");
        assertThat(call.tool(PhoneCall.fresh(), "create_booking", PhoneCall.booking(slot))
                        .path("result")
                        .asText())
                .startsWith("Booked");
        assertThat(Neighbours.bookings(call.phone)).hasSize(2);
    }

    @Test
    void aCancellationThatIsRepeatedIsAnsweredAsTheFirst() {
        call.message("assistant-request", "");
        call.tool(PhoneCall.fresh(), "create_booking", PhoneCall.booking(call.slot()));
        String cancel = "{\"reference\":\"%s\"}"
                .formatted(
                        Neighbours.bookings(call.phone).get(0).path("reference").asText());
        String id = PhoneCall.fresh();
        List<CompletableFuture<JsonNode>> answers = IntStream.range(0, 20)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> call.tool(id, "cancel_booking", cancel)))
                .toList();
        assertThat(answers.stream().map(CompletableFuture::join).distinct())
                .singleElement()
                .satisfies(answer -> assertThat(answer.path("result").asText()).startsWith("Cancelled: Regular"));
    }

    @Test
    void whatTheCallerHasCancelledOtherwiseIsCancelled() {
        call.message("assistant-request", "");
        call.tool(PhoneCall.fresh(), "create_booking", PhoneCall.booking(call.slot()));
        JsonNode booking = Neighbours.bookings(call.phone).get(0);
        Neighbours.cancel(booking.path("id").asText());
        String cancel =
                "{\"reference\":\"%s\"}".formatted(booking.path("reference").asText());
        assertThat(call.tool(PhoneCall.fresh(), "cancel_booking", cancel)
                        .path("result")
                        .asText())
                .startsWith("Cancelled: Regular");
        PhoneCall stranger = new PhoneCall();
        stranger.message("assistant-request", "");
        assertThat(stranger.tool(PhoneCall.fresh(), "cancel_booking", cancel)
                        .path("error")
                        .asText())
                .isEqualTo("There is no booking to come with that reference for the caller's number.");
    }

    @Test
    void aCallerSeesAndChangesOnlyTheirOwnBookings() {
        call.message("assistant-request", "");
        call.tool(PhoneCall.fresh(), "create_booking", PhoneCall.booking(call.slot()));
        String reference =
                Neighbours.bookings(call.phone).get(0).path("reference").asText();

        PhoneCall stranger = new PhoneCall();
        stranger.message("assistant-request", "");
        for (String name : List.of("cancel_booking", "reschedule_booking")) {
            String arguments = "{\"reference\":\"%s\",\"slot_id\":\"s\",\"phone\":\"%s\",\"customer_phone\":\"%s\"}"
                    .formatted(reference, call.phone, call.phone);
            assertThat(stranger.tool(PhoneCall.fresh(), name, arguments)
                            .path("error")
                            .asText())
                    .isEqualTo("There is no booking to come with that reference for the caller's number.");
        }
        assertThat(stranger.tool(PhoneCall.fresh(), "find_bookings", "{\"phone\":\"%s\"}".formatted(call.phone))
                        .path("result")
                        .asText())
                .isEqualTo("The caller has no booking to come.");
        stranger.tool(PhoneCall.fresh(), "update_address", "{\"address\":\"1 Evil Road\"}");
        assertThat(Neighbours.bookings(call.phone).get(0).path("status").asText())
                .isEqualTo("pending");
        assertThat(Neighbours.bookings(call.phone).get(0).has("pickup_address")
                        && !Neighbours.bookings(call.phone)
                                .get(0)
                                .path("pickup_address")
                                .isNull())
                .isFalse();

        assertThat(call.tool(PhoneCall.fresh(), "find_bookings", "{}")
                        .path("result")
                        .asText())
                .contains(reference);
        assertThat(call.tool(PhoneCall.fresh(), "update_address", "{\"address\":\"2 Good Street\"}")
                        .path("result")
                        .asText())
                .contains("1 booking");
        String spoken = String.join(" ", reference.toLowerCase().split(""));
        assertThat(call.tool(PhoneCall.fresh(), "cancel_booking", "{\"reference\":\"%s\"}".formatted(spoken))
                        .path("result")
                        .asText())
                .startsWith("Cancelled: ");
        assertThat(Neighbours.bookings(call.phone).get(0).path("status").asText())
                .isEqualTo("cancelled");
    }

    @Test
    void aWithheldNumberCannotBook() {
        String json = """
                {"message":{"type":"tool-calls","call":{"id":"%s"},"toolCallList":[{"id":"%s","name":"create_booking",
                 "arguments":{"customer_name":"A","service_type":"regular","slot_id":"x","phone":"%s"}}]}}""".formatted(call.vapi.id(PhoneCall.VAPI_CALL), PhoneCall.fresh(), call.phone);
        assertThat(PhoneCall.read(call.vapi.vapi(json))
                        .path("results")
                        .path(0)
                        .path("error")
                        .asText())
                .contains("withheld");
        assertThat(Neighbours.bookings(call.phone)).isEmpty();
    }

    @Test
    void everyShapeOfToolCallsIsRead() {
        call.message("assistant-request", "");
        List<String> shapes = List.of(
                "\"toolCallList\":[{\"id\":\"%s\",\"name\":\"check_services\",\"parameters\":{}}],",
                "\"toolCalls\":[{\"id\":\"%s\",\"name\":\"check_services\",\"arguments\":\"{}\"}],",
                "\"toolWithToolCallList\":[{\"toolCall\":{\"id\":\"%s\",\"function\":{\"name\":\"check_services\"}}}],");
        for (String shape : shapes) {
            String id = PhoneCall.fresh();
            JsonNode result = call.message("tool-calls", shape.formatted(id))
                    .path("results")
                    .path(0);
            assertThat(result.path("toolCallId").asText()).isEqualTo(id);
            assertThat(result.path("result").asText())
                    .isEqualTo(
                            "We offer: Regular (service_type regular), 15.00 USD plus 8.00 per load, at most 20 loads, 30 minutes.");
        }
        assertThat(call.message("function-call", "\"functionCall\":{\"name\":\"check_services\",\"parameters\":{}},")
                        .path("result")
                        .asText())
                .startsWith("We offer");
        assertThat(PhoneCall.read(call.vapi.send("vapi/tool-calls-object-arguments.json"))
                        .path("results")
                        .path(0)
                        .path("error")
                        .asText())
                .isEqualTo("There is no tool of that name.");
    }

    @Test
    void whateverTheModelSendsIsAnswered() {
        call.message("assistant-request", "");
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
                JsonNode result = call.tool(PhoneCall.fresh(), name, given);
                assertThat(result.path("result").asText(result.path("error").asText()))
                        .as("%s %s", name, given)
                        .isNotBlank()
                        .doesNotContain("\n");
            }
        }
    }
}
