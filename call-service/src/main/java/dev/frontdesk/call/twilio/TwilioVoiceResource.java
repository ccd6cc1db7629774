package dev.frontdesk.call.twilio;

import dev.frontdesk.call.Webhooks;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Where Twilio's voice webhooks arrive. */
@Path("/")
@Cancellable(false)
public class TwilioVoiceResource {

    private static final String VOICE = "webhooks/twilio/{client_id}/voice";

    private final Webhooks webhooks;
    private final TwilioVoice twilio;

    TwilioVoiceResource(Webhooks webhooks, TwilioVoice twilio) {
        this.webhooks = webhooks;
        this.twilio = twilio;
    }

    /** A call comes in; answered with TwiML. */
    @POST
    @Path(VOICE)
    public Uni<Response> incoming(
            @PathParam("client_id") String clientId, @Context HttpServerRequest request, byte[] body) {
        return webhooks.receive(twilio, clientId, request, body);
    }

    /** The same by GET, its fields in the query; the only webhook that may. */
    @GET
    @Path(VOICE)
    public Uni<Response> incoming(@PathParam("client_id") String clientId, @Context HttpServerRequest request) {
        return webhooks.receive(twilio, clientId, request, null);
    }

    /** What became of a call, its connected leg, its recording, its stream. */
    @POST
    @Path(VOICE + "/{event:status|recording|transcription|dial|amd|stream}")
    public Uni<Response> event(
            @PathParam("client_id") String clientId, @Context HttpServerRequest request, byte[] body) {
        return webhooks.receive(twilio, clientId, request, body);
    }

    /** The status path of existing deployments; texts have the same one at sms-service. */
    @POST
    @Path("api/webhooks/twilio/status")
    public Uni<Response> status(@Context HttpServerRequest request, byte[] body) {
        return webhooks.receive(twilio, "default", request, body);
    }
}
