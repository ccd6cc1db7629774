package dev.frontdesk.sms;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.http.NotFound;
import dev.frontdesk.sms.SmsMessageResource.MessageView;
import dev.frontdesk.sms.outbound.ReceivedMedia;
import dev.frontdesk.tenancy.Tenant;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The pictures of a text. What a browser would run is only handed out as a file. */
@Path("/api/sms/messages/{id}/media/{number}")
@Cancellable(false)
public class MediaResource {

    private static final Pattern HARMLESS =
            Pattern.compile("(?:image/(?:jpeg|png|gif|webp)|audio/[\\w.-]+|video/[\\w.-]+)");

    private final SmsMessages messages;
    private final ReceivedMedia media;
    private final Tenant tenant;

    MediaResource(SmsMessages messages, ReceivedMedia media, Tenant tenant) {
        this.messages = messages;
        this.media = media;
        this.tenant = tenant;
    }

    /** @param number from 0, as in the text's {@code media} */
    @GET
    public Uni<RestResponse<byte[]>> get(UUID id, int number) {
        String clientId = tenant.id();
        return messages.get(id).chain(message -> {
            JsonNode one = MessageView.tree(message.media).path(number);
            if (one.isMissingNode()) {
                throw new NotFound("The text has no such picture");
            }
            return media.fetch(clientId, one.path("url").asText())
                    .map(bytes -> answer(bytes, one.path("content_type").asText("")));
        });
    }

    private static RestResponse<byte[]> answer(byte[] bytes, String type) {
        boolean harmless = HARMLESS.matcher(type).matches();
        return RestResponse.ResponseBuilder.ok(bytes)
                .header("Content-Type", harmless ? type : "application/octet-stream")
                .header("Content-Disposition", harmless ? "inline" : "attachment")
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "private, max-age=3600")
                .build();
    }
}
