package dev.frontdesk.call.retell;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frontdesk.call.Answer;
import dev.frontdesk.call.CallFacts;
import dev.frontdesk.call.CallerNumber;
import dev.frontdesk.call.Loose;
import dev.frontdesk.call.Question;
import dev.frontdesk.call.Secrets;
import dev.frontdesk.call.VoiceProvider;
import dev.frontdesk.call.tools.ToolCall;
import dev.frontdesk.http.BadRequest;
import dev.frontdesk.http.Unauthorized;
import dev.frontdesk.settings.Clients.Client;
import dev.frontdesk.settings.Clients.Retell;
import dev.frontdesk.webhook.RawRequest;
import dev.frontdesk.webhook.RetellSignature;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** Retell AI: signed JSON on one route; call events, function calls and the question about an inbound call. */
@ApplicationScoped
public class RetellVoice implements VoiceProvider {

    private final MeterRegistry metrics;

    RetellVoice(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    @Override
    public String name() {
        return RetellCall.PROVIDER;
    }

    @Override
    public void verify(RawRequest request, Client client, Instant now) {
        List<String> keys = client.retell().map(Retell::apiKey).orElse(List.of());
        if (!RetellSignature.verify(request, keys, now)) {
            throw new Unauthorized("The request does not prove that it comes from this client's Retell workspace");
        }
    }

    @Override
    public Reading read(RawRequest request, Client client) {
        JsonNode body = Loose.object(request.body());
        String event = Loose.text(body, "event");
        if (event == null && Loose.text(body, "name") != null) {
            return function(new RetellCall(body.path("call"), client, request.receivedAt()), body);
        }
        if (event == null) {
            throw new BadRequest("The body is neither an event nor a function call");
        }
        RetellCall call = new RetellCall(body.path("call"), client, request.receivedAt());
        return switch (event) {
            case "call_inbound" -> inbound(body, client);
            case "call_started" -> told(event, List.of(call.started()), body);
            case "call_ended", "call_analyzed" -> told(event, List.of(counted(call, call.ended(event))), body);
            default -> told(event, List.of(), body);
        };
    }

    @Override
    public Reply reply(Reading reading, Answer answer, String clientId) {
        if (answer instanceof Answer.Results results) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            return Reply.json(
                    body.put("result", results.results().get(0).sentence()).toString());
        }
        if (answer instanceof Answer.Assistant assistant) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            ObjectNode inbound = body.putObject("call_inbound");
            ObjectNode variables = inbound.putObject("dynamic_variables");
            assistant.briefing().variables().forEach(variables::put);
            variables.put("greeting", assistant.briefing().greeting());
            variables.put("system_prompt", assistant.briefing().prompt());
            inbound.putObject("metadata").put("client_id", clientId);
            return Reply.json(body.toString());
        }
        return Reply.empty(204);
    }

    /** The call may have no id yet, so there is no row to begin. */
    private static Reading inbound(JsonNode body, Client client) {
        String phone = CallerNumber.of(Loose.text(body, "call_inbound.from_number"), client.region());
        return new Reading("call_inbound", List.of(), new Question.WhichAssistant(phone), null);
    }

    private static Reading function(RetellCall call, JsonNode body) {
        ToolCall tool = new ToolCall(null, Loose.text(body, "name"), Loose.objectOrText(body.path("args")));
        return new Reading(
                "function-call",
                call.isNamed() ? List.of(call.present()) : List.of(),
                new Question.RunTools(call.conversation(), List.of(tool)),
                Secrets.strip(body));
    }

    private CallFacts counted(RetellCall call, CallFacts facts) {
        if (!call.ending().known()) {
            metrics.counter("frontdesk_unknown_ended_reason", "provider", name())
                    .increment();
        }
        return facts;
    }

    private static Reading told(String event, List<CallFacts> facts, JsonNode body) {
        return new Reading(event, facts, new Question.Nothing(), facts.isEmpty() ? null : Secrets.strip(body));
    }
}
