package dev.frontdesk.bookings;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.rest.client.ext.ClientHeadersFactory;

/**
 * Lets the services in at booking-service where {@code frontdesk.security=jwt}: sends the token that is configured for the
 * client asked about, {@code frontdesk.booking-desk.tokens.<client_id>} (issued like a member of staff's).
 */
@ApplicationScoped
class DeskCredentials implements ClientHeadersFactory {

    private final Config config;

    DeskCredentials(Config config) {
        this.config = config;
    }

    @Override
    public MultivaluedMap<String, String> update(
            MultivaluedMap<String, String> incoming, MultivaluedMap<String, String> outgoing) {
        MultivaluedMap<String, String> headers = new MultivaluedHashMap<>();
        config.getOptionalValue("frontdesk.booking-desk.tokens." + outgoing.getFirst("X-Client-Id"), String.class)
                .ifPresent(token -> headers.putSingle("Authorization", "Bearer " + token));
        return headers;
    }
}
