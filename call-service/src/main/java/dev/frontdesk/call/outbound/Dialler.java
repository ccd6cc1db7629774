package dev.frontdesk.call.outbound;

import dev.frontdesk.settings.Clients.Client;
import io.smallrye.mutiny.Uni;

/** A provider that can call somebody for the client. */
public interface Dialler {

    /** As {@code calls.provider}. */
    String name();

    /** Whether the client's settings suffice. */
    boolean canDial(Client client);

    /** Calls the number and connects it with the client's agent; asked once, never repeated by itself. */
    Uni<Dialled> dial(String clientId, Client client, String phoneNumber);
}
