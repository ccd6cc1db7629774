package dev.frontdesk.sms.outbound;

import io.quarkus.rest.client.reactive.ClientExceptionMapper;
import io.quarkus.rest.client.reactive.Url;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The pictures of a received text, which Twilio keeps and hands out by way of a redirect. */
@Path("/2010-04-01/Accounts/{account}/Messages/{message}/Media/{media}")
@RegisterRestClient(configKey = "twilio-media")
interface TwilioMediaApi {

    @GET
    Uni<byte[]> fetch(
            @Url String url,
            @HeaderParam("Authorization") String authorization,
            @PathParam("account") String account,
            @PathParam("message") String message,
            @PathParam("media") String media);

    @ClientExceptionMapper
    static RuntimeException refusal(Response response) {
        return TwilioApi.refusal(response);
    }
}
