package dev.frontdesk.analytics.dashboard;

import dev.frontdesk.security.Caller;
import dev.frontdesk.settings.Clients;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The caller's own client: how its times, money and phones are written. */
@Path("/api/analytics/client")
@Produces(MediaType.APPLICATION_JSON)
public class ClientResource {

    /** What a page may know of a client. */
    public record ClientView(String id, String name, String timeZone, String region, String currency) {}

    private final Clients clients;

    ClientResource(Clients clients) {
        this.clients = clients;
    }

    @GET
    public ClientView get() {
        String id = Caller.current().clientId();
        Clients.Client client = clients.get(id);
        return new ClientView(
                id, client.name().orElse(id), client.timeZone().getId(), client.region(), client.currency());
    }

    static JsonObject view(String id, Clients.Client client) {
        return new JsonObject()
                .put("id", id)
                .put("name", client.name().orElse(id))
                .put("time_zone", client.timeZone().getId())
                .put("region", client.region())
                .put("currency", client.currency());
    }
}
