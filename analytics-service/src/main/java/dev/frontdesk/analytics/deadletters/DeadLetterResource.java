package dev.frontdesk.analytics.deadletters;

import dev.frontdesk.http.ListQuery;
import dev.frontdesk.http.Page;
import dev.frontdesk.idempotency.Idempotent;
import dev.frontdesk.security.Caller;
import dev.frontdesk.settings.Clients;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The caller's events that a service could not take in: look at them, and play them again once the cause is gone. */
@Path("/api/analytics/dead-letters")
@Cancellable(false)
public class DeadLetterResource {

    private static final int LONGEST_CONTENT = 65_536;

    private final DeadLetters letters;
    private final Clients clients;

    DeadLetterResource(DeadLetters letters, Clients clients) {
        this.letters = letters;
        this.clients = clients;
    }

    /** {@code content} is the event as text, at most 64 KiB of it, and only where one letter is asked for. */
    public record DeadLetterView(
            UUID id,
            String topic,
            String service,
            String key,
            String type,
            String reason,
            Instant failedAt,
            Instant replayedAt,
            String content) {
        static DeadLetterView of(DeadLetter letter) {
            return new DeadLetterView(
                    letter.id(),
                    letter.origin(),
                    letter.service(),
                    letter.key(),
                    letter.type(),
                    letter.reason(),
                    letter.failedAt(),
                    letter.replayedAt(),
                    letter.value() == null ? null : content(letter));
        }

        private static String content(DeadLetter letter) {
            int shown = Math.min(letter.value().length(), LONGEST_CONTENT);
            return letter.value().getString(0, shown, StandardCharsets.UTF_8.name());
        }
    }

    /** Newest first; {@code replayed=true|false}, {@code service}, {@code from}, {@code to}. */
    @GET
    public Uni<Page<DeadLetterView>> list(@Context UriInfo uri) {
        ListQuery query = ListQuery.of(uri, clients.get(clientId()).timeZone(), "replayed", "service", "from", "to");
        return letters.list(clientId(), query).map(page -> page.map(DeadLetterView::of));
    }

    @GET
    @Path("{id}")
    public Uni<DeadLetterView> get(UUID id) {
        return letters.get(clientId(), id).map(DeadLetterView::of);
    }

    @POST
    @Path("{id}/replay")
    @Idempotent(Idempotent.Work.SQL)
    public Uni<RestResponse<DeadLetterView>> replay(UUID id) {
        return letters.replay(clientId(), id).map(DeadLetterView::of).map(RestResponse::ok);
    }

    private static String clientId() {
        return Caller.current().clientId();
    }
}
