package dev.frontdesk.call;

import dev.frontdesk.call.outbound.OutboundCalls;
import dev.frontdesk.http.Csv;
import dev.frontdesk.http.EntityTags;
import dev.frontdesk.http.MergePatch;
import dev.frontdesk.http.Page;
import dev.frontdesk.idempotency.Idempotent;
import dev.frontdesk.security.Caller;
import dev.frontdesk.settings.Clients;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The calls of a client, for its staff. */
@Path("/api/calls")
@Cancellable(false)
public class CallResource {

    private final Calls calls;
    private final OutboundCalls outbound;
    private final Replays replays;
    private final Clients clients;

    CallResource(Calls calls, OutboundCalls outbound, Replays replays, Clients clients) {
        this.calls = calls;
        this.outbound = outbound;
        this.replays = replays;
        this.clients = clients;
    }

    /** Newest first, without transcripts. */
    @GET
    public Uni<Page<CallView>> list(@Context UriInfo uri) {
        String client = Caller.current().clientId();
        return calls.list(client, CallList.of(uri, clients.get(client)));
    }

    /** The same list as a file, all of it. */
    @GET
    @Path("export")
    @Produces("text/csv")
    public RestMulti<String> export(@Context UriInfo uri) {
        String client = Caller.current().clientId();
        Multi<List<Object>> rows =
                calls.stream(client, CallList.of(uri, clients.get(client))).map(CallExport::row);
        return RestMulti.fromMultiData(Csv.rows(CallExport.COLUMNS, rows))
                .header("Content-Type", Csv.MEDIA_TYPE)
                .header("Content-Disposition", "attachment; filename=\"calls.csv\"")
                .build();
    }

    /** Calls somebody: {@code provider} is {@code vapi} or {@code twilio}, by default whichever is set up. */
    public record NewCall(
            @NotBlank @Size(max = 40) String phoneNumber,

            @Pattern(regexp = "vapi|twilio", message = "must be vapi or twilio")
            String provider) {}

    /** The same {@code Idempotency-Key} never calls twice. */
    @POST
    @Idempotent(Idempotent.Work.ELSEWHERE)
    public Uni<RestResponse<CallView.Full>> start(@Valid @NotNull NewCall call) {
        String client = Caller.current().clientId();
        return outbound.start(client, clients.get(client), call.phoneNumber(), call.provider())
                .chain(id -> calls.get(client, id))
                .map(it -> RestResponse.ResponseBuilder.<CallView.Full>created(
                                URI.create("/api/calls/" + it.call().id()))
                        .entity(it)
                        .header("ETag", EntityTags.of(it.call().version()))
                        .build());
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

    /** {@code messages}: how many kept messages were read. */
    public record ReplayView(int messages, CallView.Full call) {}

    /** Reads the provider's kept messages of the call once more; what they already brought changes nothing. */
    @POST
    @Path("{id}/replay")
    @Idempotent(Idempotent.Work.SQL)
    public Uni<RestResponse<ReplayView>> replay(UUID id) {
        String client = Caller.current().clientId();
        return calls.get(client, id)
                .chain(() -> replays.replay(client, id))
                .chain(messages -> calls.get(client, id).map(call -> RestResponse.ok(new ReplayView(messages, call))));
    }

    private static Response tagged(CallView.Full it) {
        return EntityTags.ok(it, it.call().version());
    }
}
