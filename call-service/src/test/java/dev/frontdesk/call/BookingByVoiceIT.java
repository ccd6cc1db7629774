package dev.frontdesk.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.testing.Infrastructure;
import dev.frontdesk.testing.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A caller books and cancels, each once, however often and however much at once it is sent. */
@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(Neighbours.class)
class BookingByVoiceIT {

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
}
