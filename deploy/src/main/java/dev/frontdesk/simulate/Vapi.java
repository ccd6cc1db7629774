package dev.frontdesk.simulate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frontdesk.local.Accounts.Account;
import java.time.Instant;
import java.util.Map;

/** Vapi's webhooks for one client: recorded messages with other values, and the client's secret. */
public final class Vapi {
    private final Account account;

    public Vapi(Account account) {
        this.account = account;
    }

    public Delivery assistantRequest(PhoneCall call) {
        return delivery("vapi assistant-request", message("assistant-request", call, call.startedAt()));
    }

    public Delivery inProgress(PhoneCall call) {
        return delivery(
                "vapi in-progress",
                message("status-update-in-progress", call, call.startedAt().plusMillis(100)));
    }

    public Delivery ended(PhoneCall call) {
        return delivery("vapi ended", message("status-update-ended", call, call.endedAt()));
    }

    public Delivery report(PhoneCall call) {
        ObjectNode message = message(report(call.kind()), call, call.endedAt().plusSeconds(5));
        message.put("cost", call.cost());
        message.withObjectProperty("costBreakdown").put("total", call.cost());
        message.putArray("costs").addObject().put("type", "vapi").put("cost", call.cost());
        message.put("endedAt", call.endedAt().toString());
        if (call.kind().status.equals("completed")) {
            message.put("startedAt", call.startedAt().toString());
            message.put("durationSeconds", call.seconds());
            message.put("durationMs", call.seconds() * 1000L);
            message.put("durationMinutes", call.seconds() / 60.0);
            ObjectNode data = message.withObjectProperty("analysis").withObjectProperty("structuredData");
            data.put("customerName", call.person().name());
            data.put("sentiment", call.sentiment());
        }
        return delivery("vapi report", message);
    }

    private static String report(PhoneCall.Kind kind) {
        return switch (kind) {
            case BUSY -> "end-of-call-report-busy";
            case NO_ANSWER -> "end-of-call-report-no-answer";
            default -> "end-of-call-report-inbound";
        };
    }

    /** The model asks for a tool; {@code toolCallId} makes it the same request when it comes again. */
    public Delivery toolCall(PhoneCall call, String toolCallId, String tool, Map<String, ?> arguments) {
        ObjectNode message =
                message("tool-calls-object-arguments", call, call.startedAt().plusSeconds(15));
        ObjectNode request =
                Json.MAPPER.createObjectNode().put("id", toolCallId).put("type", "function");
        request.putObject("function").put("name", tool).set("arguments", Json.MAPPER.valueToTree(arguments));
        for (String list : new String[] {"toolCalls", "toolCallList"}) {
            ArrayNode calls = message.putArray(list);
            calls.add(request);
        }
        message.putArray("toolWithToolCallList")
                .addObject()
                .put("type", "function")
                .set("toolCall", request);
        return delivery("vapi tool " + tool, message);
    }

    private ObjectNode message(String fixture, PhoneCall call, Instant at) {
        ObjectNode message =
                (ObjectNode) Json.fixture("vapi/" + fixture + ".json").get("message");
        message.put("timestamp", at.toEpochMilli());
        ObjectNode about = message.withObjectProperty("call");
        about.put("id", call.agentId());
        about.put("createdAt", call.startedAt().toString());
        about.put("updatedAt", call.startedAt().toString());
        about.put("type", call.isInbound() ? "inboundPhoneCall" : "outboundPhoneCall");
        about.put("phoneCallProviderId", call.carrierId());
        about.withObjectProperty("customer").put("number", call.person().phone());
        message.withObjectProperty("customer").put("number", call.person().phone());
        message.withObjectProperty("phoneNumber")
                .put("number", account.number())
                .put("twilioAccountSid", account.twilioSid());
        return message;
    }

    private Delivery delivery(String what, ObjectNode message) {
        String body = Json.MAPPER.createObjectNode().set("message", message).toString();
        return new Delivery(
                what,
                "/webhooks/vapi/" + account.clientId(),
                body,
                Map.of("Content-Type", "application/json", "X-Vapi-Secret", account.vapiSecret()));
    }
}
