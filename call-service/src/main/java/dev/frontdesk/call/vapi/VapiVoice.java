package dev.frontdesk.call.vapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.call.Answer;
import dev.frontdesk.call.CallFacts;
import dev.frontdesk.call.Loose;
import dev.frontdesk.call.Question;
import dev.frontdesk.call.Secrets;
import dev.frontdesk.call.VoiceProvider;
import dev.frontdesk.call.tools.ToolCall;
import dev.frontdesk.http.BadRequest;
import dev.frontdesk.http.Unauthorized;
import dev.frontdesk.settings.Clients.Client;
import dev.frontdesk.settings.Clients.Vapi;
import dev.frontdesk.webhook.RawRequest;
import dev.frontdesk.webhook.VapiSignature;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/** Vapi: JSON in an envelope, proven by a shared secret or an HMAC; only what asks gets more than an empty answer. */
@ApplicationScoped
public class VapiVoice implements VoiceProvider {

    private static final Logger LOG = Logger.getLogger(VapiVoice.class);

    private final MeterRegistry metrics;

    VapiVoice(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    @Override
    public String name() {
        return VapiMessage.PROVIDER;
    }

    @Override
    public void verify(RawRequest request, Client client, Instant now) {
        boolean ours = client.vapi().filter(vapi -> isFrom(vapi, request, now)).isPresent();
        if (!ours) {
            throw new Unauthorized("The request does not prove that it comes from this client's Vapi organisation");
        }
    }

    private static boolean isFrom(Vapi vapi, RawRequest request, Instant now) {
        return VapiSignature.verify(request, vapi.secret())
                || vapi.hmacSecret()
                        .filter(it -> VapiSignature.verify(request, VapiSignature.Hmac.of(it), now))
                        .isPresent();
    }

    @Override
    public Reading read(RawRequest request, Client client) {
        JsonNode body = Loose.object(request.body());
        JsonNode message = body.path("message");
        String type = Loose.text(message, "type");
        if (type == null) {
            throw new BadRequest("The body has no message.type");
        }
        VapiMessage said = new VapiMessage(message, client);
        return switch (type) {
            case "status-update" -> told(type, counted(type, said, said.statusUpdate()), body);
            case "end-of-call-report" -> told(type, counted(type, said, List.of(said.report())), body);
            case "assistant-request" ->
                asked(
                        type,
                        said.id() == null ? List.of() : List.of(said.present(type, said.id() + ":assistant-request")),
                        new Question.WhichAssistant(said.phone()),
                        body);
            case "tool-calls", "function-call" -> tools(type, said, message, body);
            case "transfer-destination-request", "handoff-destination-request" ->
                asked(type, List.of(), new Question.WhereToTransfer(), body);
            case "transfer-update" -> told(type, List.of(transferred(said, message)), body);
            case "knowledge-base-request" -> asked(type, List.of(), new Question.Nothing(), body);
            default -> told(type, List.of(), body);
        };
    }

    @Override
    public Reply reply(Reading reading, Answer answer, String clientId) {
        return Reply.json(VapiAnswers.write(reading, answer).toString());
    }

    private static Reading tools(String type, VapiMessage said, JsonNode message, JsonNode body) {
        List<ToolCall> calls = VapiTools.read(message);
        if (calls.isEmpty()) {
            return told(type, List.of(), body);
        }
        String key = said.id() + ":tools:" + calls.get(0).id();
        return asked(
                type,
                said.id() == null ? List.of() : List.of(said.present(type, key)),
                new Question.RunTools(new Question.Conversation(VapiMessage.PROVIDER, said.id(), said.phone()), calls),
                body);
    }

    private static CallFacts transferred(VapiMessage said, JsonNode message) {
        String to = Loose.text(message, "destination.number", "destination.sipUri", "toAssistant.name");
        return said.present("transfer-update", said.call() + ":transfer:" + Loose.text(message, "timestamp"))
                .remark(to == null ? "[transferred]" : "[transferred to " + to + "]");
    }

    private List<CallFacts> counted(String type, VapiMessage said, List<CallFacts> facts) {
        if (facts.isEmpty()) {
            metrics.counter("frontdesk_unknown_status", "provider", name()).increment();
        } else if (facts.get(0).isEnd() && said.endsForUnknownReason()) {
            metrics.counter("frontdesk_unknown_ended_reason", "provider", name())
                    .increment();
        }
        return facts;
    }

    private static Reading told(String type, List<CallFacts> facts, JsonNode body) {
        return asked(type, facts, new Question.Nothing(), body);
    }

    private static Reading asked(String type, List<CallFacts> facts, Question question, JsonNode body) {
        return new Reading(type, facts, question, facts.isEmpty() ? null : Secrets.strip(body));
    }
}
