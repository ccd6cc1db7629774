package dev.frontdesk.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the agent can do for a caller, and what nobody can make it do. */
@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(Neighbours.class)
class ToolsIT {

    private final PhoneCall call = new PhoneCall();

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
