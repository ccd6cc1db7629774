package dev.frontdesk.call.vapi;

import dev.frontdesk.call.Webhooks;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Where Vapi's server messages arrive. */
@Path("/")
@Cancellable(false)
public class VapiResource {

    private final Webhooks webhooks;
    private final VapiVoice vapi;

    VapiResource(Webhooks webhooks, VapiVoice vapi) {
        this.webhooks = webhooks;
        this.vapi = vapi;
    }

    /** Every {@code message.type}. */
    @POST
    @Path("webhooks/vapi/{client_id}")
    public Uni<Response> message(
            @PathParam("client_id") String clientId, @Context HttpServerRequest request, byte[] body) {
        return webhooks.receive(vapi, clientId, request, body);
    }

    /** The path of existing deployments. */
    @POST
    @Path("api/webhooks/vapi")
    public Uni<Response> message(@Context HttpServerRequest request, byte[] body) {
        return webhooks.receive(vapi, "default", request, body);
    }
}
