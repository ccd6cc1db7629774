package dev.frontdesk.call;

import dev.frontdesk.http.EntityTags;
import dev.frontdesk.http.MergePatch;
import dev.frontdesk.http.Page;
import dev.frontdesk.security.Caller;
import dev.frontdesk.settings.Clients;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The calls of a client, for its staff. */
@Path("/api/calls")
@Cancellable(false)
public class CallResource {

    private final Calls calls;
    private final Clients clients;

    CallResource(Calls calls, Clients clients) {
        this.calls = calls;
        this.clients = clients;
    }

    /** Newest first, without transcripts. */
    @GET
    public Uni<Page<CallView>> list(@Context UriInfo uri) {
        String client = Caller.current().clientId();
        return calls.list(client, CallList.of(uri, clients.get(client)));
    }

    @GET
    @Path("{id}")
    public Uni<Response> get(UUID id) {
        return calls.get(Caller.current().clientId(), id).map(CallResource::tagged);
    }

    /** Notes and corrections by staff; providers don't touch what staff have written. */
    @PATCH
    @Path("{id}")
    @Consumes({MergePatch.MEDIA_TYPE, "application/json"})
    public Uni<Response> annotate(UUID id, @NotNull MergePatch patch, @HeaderParam("If-Match") String ifMatch) {
        return calls.annotate(id, patch, ifMatch)
                .chain(() -> calls.get(Caller.current().clientId(), id))
                .map(CallResource::tagged);
    }

    private static Response tagged(CallView call) {
        return EntityTags.ok(call, call.version());
    }
}
