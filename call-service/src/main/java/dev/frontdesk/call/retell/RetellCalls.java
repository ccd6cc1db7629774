package dev.frontdesk.call.retell;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.call.Loose;
import dev.frontdesk.call.Secrets;
import dev.frontdesk.call.reconcile.CallControl;
import dev.frontdesk.call.reconcile.ProviderApi;
import dev.frontdesk.settings.Clients.Client;
import dev.frontdesk.settings.Clients.Retell;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Set;

/** Retell's call resource; after the end it says what {@code call_analyzed} says. */
@ApplicationScoped
public class RetellCalls implements CallControl {

    private static final Set<String> OVER = Set.of("ended", "error", "not_connected");

    private final ProviderApi api;
    private final Clock clock;

    RetellCalls(ProviderApi api, Clock clock) {
        this.api = api;
        this.clock = clock;
    }

    @Override
    public String name() {
        return RetellCall.PROVIDER;
    }

    @Override
    public boolean isConfigured(Client client) {
        return client.retell().isPresent();
    }

    @Override
    public Uni<Fetched> fetch(Client client, String id) {
        Retell retell = client.retell().orElseThrow();
        return api.get(
                        retell.apiUrl() + "/v2/get-call/" + id,
                        ProviderApi.bearer(retell.apiKey().get(0)))
                .map(call -> fetched(client, call));
    }

    private Fetched fetched(Client client, JsonNode call) {
        if (call == null) {
            return null;
        }
        String status = Loose.text(call, "call_status");
        return status == null || !OVER.contains(status)
                ? new Fetched(null, null)
                : new Fetched(
                        new RetellCall(call, client, clock.instant()).ended("call_analyzed"), Secrets.strip(call));
    }
}
