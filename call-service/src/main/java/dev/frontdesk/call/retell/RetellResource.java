package dev.frontdesk.call.retell;

import dev.frontdesk.call.Webhooks;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Where Retell's webhooks arrive: events, function calls and {@code call_inbound}, told apart by the body. */
@Path("/webhooks/retell/{client_id}")
@Cancellable(false)
public class RetellResource {

    private final Webhooks webhooks;
    private final RetellVoice retell;

    RetellResource(Webhooks webhooks, RetellVoice retell) {
        this.webhooks = webhooks;
        this.retell = retell;
    }

    @POST
    public Uni<Response> message(
            @PathParam("client_id") String clientId, @Context HttpServerRequest request, byte[] body) {
        return webhooks.receive(retell, clientId, request, body);
    }
}
