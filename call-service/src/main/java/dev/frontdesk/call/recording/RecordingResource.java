package dev.frontdesk.call.recording;

import dev.frontdesk.security.Caller;
import dev.frontdesk.settings.Clients;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.core.http.HttpClientResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The recording of a call, for staff: a short-lived link, and what it leads to. */
@Path("/api/calls/{id}/recording")
@Cancellable(false)
public class RecordingResource {

    /** {@code url} is relative to the public address and needs the same authorisation. */
    public record LinkView(String url, Instant expiresAt) {}

    private final Recordings recordings;
    private final RecordingLinks links;
    private final Clients clients;

    RecordingResource(Recordings recordings, RecordingLinks links, Clients clients) {
        this.recordings = recordings;
        this.links = links;
        this.clients = clients;
    }

    @GET
    public Uni<LinkView> link(UUID id) {
        String client = Caller.current().clientId();
        return recordings
                .of(client, id)
                .map(address -> links.to(client, id))
                .map(it -> new LinkView(it.url(), it.expiresAt()));
    }

    /** Streams the audio through us; the provider's address is never shown. */
    @GET
    @Path("audio")
    @Produces("application/octet-stream")
    public RestMulti<byte[]> audio(
            UUID id, @QueryParam("expires") long expires, @QueryParam("signature") String signature) {
        String client = Caller.current().clientId();
        links.require(client, id, expires, signature);
        Uni<HttpClientResponse> response =
                recordings.of(client, id).chain(address -> recordings.open(clients.get(client), address));
        return RestMulti.fromUniResponse(
                response,
                it -> it.toMulti().map(Buffer::getBytes),
                it -> Map.of(
                        "Content-Type", List.of(type(it)),
                        "Cache-Control", List.of("private, no-store"),
                        "X-Content-Type-Options", List.of("nosniff")));
    }

    /** Only audio is passed on as what it claims to be. */
    private static String type(HttpClientResponse response) {
        String type = response.getHeader("Content-Type");
        return type != null && type.startsWith("audio/") ? type : "application/octet-stream";
    }
}
