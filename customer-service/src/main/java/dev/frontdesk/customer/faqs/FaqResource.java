package dev.frontdesk.customer.faqs;

import dev.frontdesk.customer.Tagged;
import dev.frontdesk.http.BadRequest;
import dev.frontdesk.http.ListQuery;
import dev.frontdesk.http.MergePatch;
import dev.frontdesk.http.Page;
import dev.frontdesk.idempotency.Idempotent;
import dev.frontdesk.settings.Clients;
import dev.frontdesk.tenancy.Tenant;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** What the agents answer to questions, for staff. */
@Path("/api/faqs")
@Cancellable(false)
public class FaqResource {

    /** {@code isActive} defaults to true, {@code displayOrder} to 0. */
    public record NewFaq(
            @NotBlank @Size(max = 100) String category,
            @NotBlank @Size(max = 1_000) String question,
            @NotBlank @Size(max = 10_000) String answer,
            List<@NotBlank String> keywords,
            Boolean isActive,
            Integer displayOrder) {
        Faq.Text text() {
            return new Faq.Text(
                    category,
                    question,
                    answer,
                    keywords,
                    isActive == null || isActive,
                    displayOrder == null ? 0 : displayOrder);
        }
    }

    /** What may be patched. */
    public record Editable(
            @NotBlank @Size(max = 100) String category,
            @NotBlank @Size(max = 1_000) String question,
            @NotBlank @Size(max = 10_000) String answer,
            List<@NotBlank String> keywords,
            @NotNull Boolean isActive,
            @NotNull Integer displayOrder) {
        static Editable of(Faq.Text it) {
            return new Editable(
                    it.category(), it.question(), it.answer(), it.keywords(), it.active(), it.displayOrder());
        }

        Faq.Text text() {
            return new Faq.Text(category, question, answer, keywords, isActive, displayOrder);
        }
    }

    public record Order(@NotEmpty @Size(max = 500) List<@NotNull UUID> ids) {}

    public record FaqView(
            UUID id,
            String clientId,
            String category,
            String question,
            String answer,
            List<String> keywords,
            boolean isActive,
            int displayOrder,
            int usageCount,
            Instant createdAt,
            Instant updatedAt,
            long version) {}

    private final Faqs faqs;
    private final FaqMatches matches;
    private final FaqUses uses;
    private final Clients clients;
    private final Tenant tenant;
    private final Validator validator;

    FaqResource(Faqs faqs, FaqMatches matches, FaqUses uses, Clients clients, Tenant tenant, Validator validator) {
        this.faqs = faqs;
        this.matches = matches;
        this.uses = uses;
        this.clients = clients;
        this.tenant = tenant;
        this.validator = validator;
    }

    @GET
    public Uni<Page<FaqView>> list(@Context UriInfo uri) {
        ListQuery query = query(uri, "category", "is_active");
        return faqs.list(query.text("category"), query.flag("is_active"), query.cursor(), query.limit())
                .map(rows -> Page.of(rows, query.limit(), Faqs::cursor).map(this::view));
    }

    @GET
    @Path("{id}")
    public Uni<RestResponse<FaqView>> get(UUID id) {
        return faqs.get(id).map(this::ok);
    }

    @POST
    @Idempotent
    public Uni<RestResponse<FaqView>> create(@NotNull @Valid NewFaq body) {
        return faqs.create(body.text()).map(it -> Tagged.created("/api/faqs/" + it.id(), view(it), it.version()));
    }

    @PATCH
    @Path("{id}")
    @Consumes({MergePatch.MEDIA_TYPE, "application/json"})
    public Uni<RestResponse<FaqView>> edit(
            UUID id, @HeaderParam("If-Match") String ifMatch, @NotNull MergePatch patch) {
        return faqs.edit(
                        id,
                        ifMatch,
                        present ->
                                patch.applyTo(Editable.of(present), validator).text())
                .map(this::ok);
    }

    @POST
    @Path("{id}/activation")
    @Idempotent
    public Uni<RestResponse<FaqView>> activate(UUID id, @HeaderParam("If-Match") String ifMatch) {
        return faqs.edit(id, ifMatch, text -> text.activated(true)).map(this::ok);
    }

    @POST
    @Path("{id}/deactivation")
    @Idempotent
    public Uni<RestResponse<FaqView>> deactivate(UUID id, @HeaderParam("If-Match") String ifMatch) {
        return faqs.edit(id, ifMatch, text -> text.activated(false)).map(this::ok);
    }

    @POST
    @Path("order")
    @Idempotent
    public Uni<RestResponse<Void>> order(@NotNull @Valid Order body) {
        return faqs.order(body.ids()).replaceWith(RestResponse::noContent);
    }

    @DELETE
    @Path("{id}")
    public Uni<Void> delete(UUID id, @HeaderParam("If-Match") String ifMatch) {
        return faqs.delete(id, ifMatch);
    }

    @GET
    @Path("match")
    public Uni<Page<FaqMatches.Match>> match(@Context UriInfo uri) {
        ListQuery query = query(uri, "q");
        String question = query.text("q").orElseThrow(() -> new BadRequest("q: say what was asked"));
        return matches.of(question, query.limit()).map(Page::whole);
    }

    @GET
    @Path("categories")
    public Uni<Page<Faqs.Category>> categories(@Context UriInfo uri) {
        ListQuery query = query(uri);
        return faqs.categories().map(all -> Page.small(all, query, Faqs.Category::cursor));
    }

    @GET
    @Path("unanswered")
    public Uni<Page<FaqUses.Unanswered>> unanswered(@Context UriInfo uri) {
        ListQuery query = query(uri);
        return uses.unanswered(query.cursor(), query.limit())
                .map(rows -> Page.of(rows, query.limit(), FaqUses.Unanswered::cursor));
    }

    @DELETE
    @Path("unanswered/{id}")
    public Uni<Void> dismiss(UUID id) {
        return uses.dismiss(id);
    }

    private ListQuery query(UriInfo uri, String... filters) {
        return ListQuery.of(uri, clients.get(tenant.id()).timeZone(), filters);
    }

    private RestResponse<FaqView> ok(Faq it) {
        return Tagged.ok(view(it), it.version());
    }

    private FaqView view(Faq it) {
        return new FaqView(
                it.id(),
                tenant.id(),
                it.category(),
                it.question(),
                it.answer(),
                it.keywords(),
                it.active(),
                it.displayOrder(),
                it.usageCount(),
                it.createdAt(),
                it.updatedAt(),
                it.version());
    }
}
