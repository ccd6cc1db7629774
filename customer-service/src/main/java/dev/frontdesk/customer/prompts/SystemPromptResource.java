package dev.frontdesk.customer.prompts;

import dev.frontdesk.customer.Tagged;
import dev.frontdesk.http.BadRequest;
import dev.frontdesk.http.Cursor;
import dev.frontdesk.http.ListQuery;
import dev.frontdesk.http.Page;
import dev.frontdesk.idempotency.Idempotent;
import dev.frontdesk.security.Caller;
import dev.frontdesk.settings.Clients;
import dev.frontdesk.tenancy.Tenant;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** What the agents are told to be, for staff: versions to write, compare, try, activate and roll back. */
@Path("/api/system-prompts")
@Cancellable(false)
public class SystemPromptResource {

    private static final List<String> TYPES = List.of("voice", "sms");

    public record NewPrompt(
            @NotBlank @Pattern(regexp = "voice|sms", message = "must be voice or sms")
            String promptType,

            @NotBlank @Size(max = 60_000) String systemPrompt) {}

    public record PromptView(
            UUID id,
            String clientId,
            String promptType,
            String systemPrompt,
            String promptVersion,
            boolean isActive,
            Instant createdAt,
            Instant updatedAt,
            long version) {}

    /** From the version in the path to the one in {@code with}. */
    public record DiffView(PromptView from, PromptView to, List<Difference.Line> lines) {}

    /** The prompt as the model would read it now, what it was filled with, and which of that is not known now. */
    public record PreviewView(
            UUID id, String promptVersion, String text, Map<String, String> values, List<String> unknown) {}

    private final SystemPrompts prompts;
    private final TodaysValues values;
    private final Clients clients;
    private final Tenant tenant;

    SystemPromptResource(SystemPrompts prompts, TodaysValues values, Clients clients, Tenant tenant) {
        this.prompts = prompts;
        this.values = values;
        this.clients = clients;
        this.tenant = tenant;
    }

    @GET
    public Uni<Page<PromptView>> list(@Context UriInfo uri) {
        ListQuery query = query(uri, "prompt_type", "is_active");
        return prompts.list(query.oneOf("prompt_type", TYPES), query.flag("is_active"), query.cursor(), query.limit())
                .map(rows -> Page.of(rows, query.limit(), it -> new Cursor(it.createdAt(), it.id()))
                        .map(this::view));
    }

    @GET
    @Path("{id}")
    public Uni<RestResponse<PromptView>> get(UUID id) {
        return prompts.get(id).map(this::ok);
    }

    @POST
    @Idempotent
    public Uni<RestResponse<PromptView>> write(@NotNull @Valid NewPrompt body) {
        return prompts.write(body.promptType(), body.systemPrompt()).map(this::created);
    }

    @POST
    @Path("{id}/activation")
    @Idempotent
    public Uni<RestResponse<PromptView>> activate(UUID id, @HeaderParam("If-Match") String ifMatch) {
        return prompts.activate(id, ifMatch, Caller.current().name()).map(this::ok);
    }

    @POST
    @Path("{id}/rollback")
    @Idempotent
    public Uni<RestResponse<PromptView>> rollBack(UUID id, @HeaderParam("If-Match") String ifMatch) {
        return prompts.rollBack(id, ifMatch, Caller.current().name()).map(this::created);
    }

    @GET
    @Path("{id}/diff")
    public Uni<DiffView> diff(UUID id, @Context UriInfo uri) {
        UUID with = query(uri, "with")
                .id("with")
                .orElseThrow(() -> new BadRequest("with: say which version to compare with"));
        return tenant.transaction(() -> prompts.get(id)
                .chain(from -> prompts.get(with)
                        .map(to -> new DiffView(
                                view(from), view(to), Difference.of(from.systemPrompt(), to.systemPrompt())))));
    }

    @GET
    @Path("{id}/preview")
    public Uni<PreviewView> preview(UUID id) {
        return prompts.get(id)
                .chain(prompt -> values.now()
                        .map(now -> new PreviewView(
                                prompt.id(),
                                prompt.promptVersion(),
                                TodaysValues.fill(prompt, now),
                                now,
                                TodaysValues.unknown(now))));
    }

    private ListQuery query(UriInfo uri, String... filters) {
        return ListQuery.of(uri, clients.get(tenant.id()).timeZone(), filters);
    }

    private RestResponse<PromptView> ok(SystemPrompt it) {
        return Tagged.ok(view(it), it.version());
    }

    private RestResponse<PromptView> created(SystemPrompt it) {
        return Tagged.created("/api/system-prompts/" + it.id(), view(it), it.version());
    }

    private PromptView view(SystemPrompt it) {
        return new PromptView(
                it.id(),
                tenant.id(),
                it.promptType(),
                it.systemPrompt(),
                it.promptVersion(),
                it.active(),
                it.createdAt(),
                it.updatedAt(),
                it.version());
    }
}
