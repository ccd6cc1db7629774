package dev.frontdesk.call.reconcile;

import dev.frontdesk.call.CallFacts;
import dev.frontdesk.settings.Clients.Client;
import io.smallrye.mutiny.Uni;

/** A provider's REST API, as far as it tells what became of a call. */
public interface CallControl {

    /** As {@code calls.provider}. */
    String name();

    /** Whether the client's settings let us ask. */
    boolean isConfigured(Client client);

    /** What the provider knows about a call now; null when it does not know the call. */
    Uni<Fetched> fetch(Client client, String providerCallId);

    /** The provider's answer; {@code facts} is null while there is nothing new, {@code raw} is it without secrets. */
    record Fetched(CallFacts facts, String raw) {}
}
