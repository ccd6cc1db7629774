package dev.frontdesk.call.vapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frontdesk.call.CallFacts;
import dev.frontdesk.call.CallFacts.Source;
import dev.frontdesk.call.Loose;
import dev.frontdesk.call.Secrets;
import dev.frontdesk.call.knowledge.Briefings;
import dev.frontdesk.call.outbound.Dialled;
import dev.frontdesk.call.outbound.Dialler;
import dev.frontdesk.call.reconcile.CallControl;
import dev.frontdesk.call.reconcile.ProviderApi;
import dev.frontdesk.settings.Clients.Client;
import dev.frontdesk.settings.Clients.Vapi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Vapi's call resource; its call object says after the end what a report says. */
@ApplicationScoped
public class VapiCalls implements CallControl, Dialler {

    private final ProviderApi api;
    private final Briefings briefings;

    VapiCalls(ProviderApi api, Briefings briefings) {
        this.api = api;
        this.briefings = briefings;
    }

    @Override
    public String name() {
        return VapiMessage.PROVIDER;
    }

    @Override
    public boolean isConfigured(Client client) {
        return client.vapi().flatMap(Vapi::apiKey).isPresent();
    }

    @Override
    public Uni<Fetched> fetch(Client client, String id) {
        Vapi vapi = client.vapi().orElseThrow();
        return api.get(
                        vapi.apiUrl() + "/call/" + id,
                        ProviderApi.bearer(vapi.apiKey().orElseThrow()))
                .map(call -> fetched(client, call));
    }

    private static Fetched fetched(Client client, JsonNode call) {
        if (call == null) {
            return null;
        }
        if (!"ended".equals(Loose.text(call, "status"))) {
            return new Fetched(null, null);
        }
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        call.properties().forEach(field -> message.set(field.getKey(), field.getValue()));
        message.put("type", "end-of-call-report");
        message.put("timestamp", Loose.text(call, "updatedAt", "endedAt"));
        message.set("call", call);
        return new Fetched(new VapiMessage(message, client).report(), Secrets.strip(call));
    }

    @Override
    public boolean canDial(Client client) {
        return isConfigured(client)
                && client.vapi().flatMap(Vapi::phoneNumberId).isPresent();
    }

    @Override
    public Uni<Dialled> dial(String clientId, Client client, String phoneNumber) {
        Vapi vapi = client.vapi().orElseThrow();
        return briefings
                .of(clientId, client, phoneNumber)
                .map(briefing -> {
                    ObjectNode body = VapiAnswers.assistant(briefing);
                    body.put("phoneNumberId", vapi.phoneNumberId().orElseThrow());
                    body.putObject("customer").put("number", phoneNumber);
                    return body.toString();
                })
                .chain(body -> api.post(
                        vapi.apiUrl() + "/call",
                        ProviderApi.bearer(vapi.apiKey().orElseThrow()),
                        "application/json",
                        body))
                .map(call -> dialled(call, phoneNumber));
    }

    private static Dialled dialled(JsonNode call, String phoneNumber) {
        String id = Loose.text(call, "id");
        if (id == null) {
            throw new IllegalStateException("Vapi answered without a call");
        }
        CallFacts facts = CallFacts.of(VapiMessage.PROVIDER, Source.AGENT, "dialled", id + ":dialled")
                .call(id)
                .linkedTo(Loose.text(call, "phoneCallProviderId"))
                .type("outbound")
                .phone(phoneNumber)
                .status("in-progress", Loose.text(call, "status"));
        return new Dialled(facts, Secrets.strip(call));
    }
}
