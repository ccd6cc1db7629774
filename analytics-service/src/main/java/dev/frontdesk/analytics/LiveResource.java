package dev.frontdesk.analytics;

import dev.frontdesk.security.Caller;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestStreamElementType;

/** Server-sent events for pages that show numbers; a page that is closed ends its stream. */
@Path("/api/analytics/live")
public class LiveResource {

    private final Live live;

    LiveResource(Live live) {
        this.live = live;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    public Multi<Live.Change> changes() {
        return live.changes(Caller.current().clientId());
    }
}
