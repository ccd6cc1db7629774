package dev.frontdesk.sms.outbound;

import io.quarkus.rest.client.reactive.ClientExceptionMapper;
import io.quarkus.rest.client.reactive.Url;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/**
 * The part of Twilio's REST API that texts need (providers.md A8). Not the SDK: it repeats a POST on every 5xx. Nothing here is
 * ever repeated by the client; what failed, and whether the text may have been taken, is for {@link Outcome} to say.
 */
@Path("/2010-04-01/Accounts/{account}")
@RegisterRestClient(configKey = "twilio")
interface TwilioApi {

    /** A Message resource; {@code price} is a negative number as text, null until it is rated. */
    record Message(
            String sid,
            String status,
            String to,
            String from,
            String body,
            String numSegments,
            String price,
            Integer errorCode,
            String dateCreated) {}

    record Messages(List<Message> messages) {}

    @POST
    @Path("Messages.json")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    Uni<Message> send(
            @Url String url,
            @HeaderParam("Authorization") String authorization,
            @PathParam("account") String account,
            @FormParam("To") String to,
            @FormParam("From") String from,
            @FormParam("Body") String body,
            @FormParam("StatusCallback") String statusCallback);

    /** The texts sent to a number since a day (YYYY-MM-DD, UTC). */
    @GET
    @Path("Messages.json")
    Uni<Messages> list(
            @Url String url,
            @HeaderParam("Authorization") String authorization,
            @PathParam("account") String account,
            @QueryParam("To") String to,
            @QueryParam("From") String from,
            @QueryParam("DateSent>") String since,
            @QueryParam("PageSize") int pageSize);

    @GET
    @Path("Messages/{sid}.json")
    Uni<Message> fetch(
            @Url String url,
            @HeaderParam("Authorization") String authorization,
            @PathParam("account") String account,
            @PathParam("sid") String sid);

    @ClientExceptionMapper
    static RuntimeException refusal(Response response) {
        return response.getStatus() < 400 ? null : Refusal.of(response);
    }
}
