package dev.frontdesk.sms.templates;

import dev.frontdesk.http.Cursor;
import dev.frontdesk.http.EntityTags;
import dev.frontdesk.http.ListQuery;
import dev.frontdesk.http.MergePatch;
import dev.frontdesk.http.NotFound;
import dev.frontdesk.http.Page;
import dev.frontdesk.http.Unprocessable;
import dev.frontdesk.idempotency.Idempotent;
import dev.frontdesk.sms.Segments;
import dev.frontdesk.tenancy.Tenant;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The words of a client, by purpose; every purpose is always there, with ours where the client has none. */
@Path("/api/sms/templates")
@Cancellable(false)
public class TemplateResource {

    private final Templates templates;
    private final Tenant tenant;
    private final Validator validator;

    TemplateResource(Templates templates, Tenant tenant, Validator validator) {
        this.templates = templates;
        this.tenant = tenant;
        this.validator = validator;
    }

    public record NewTemplate(
            @NotBlank String purpose,
            @NotBlank @Size(max = 1600) String body) {}

    /** What may be changed. */
    public record Words(@NotBlank @Size(max = 1600) String body) {}

    /** {@code example} is the text with made-up values; its length and segments are what a real one will be about. */
    public record TemplateView(
            String purpose,
            String body,
            boolean isDefault,
            List<String> placeholders,
            String example,
            int length,
            String encoding,
            int segments,
            long version,
            String clientId) {

        static TemplateView of(Purpose purpose, Template own, String clientId) {
            String body = own == null ? purpose.standard() : own.body;
            String example = purpose.example(body);
            Segments segments = Segments.of(example);
            return new TemplateView(
                    purpose.word(),
                    body,
                    own == null,
                    List.copyOf(purpose.placeholders()),
                    example,
                    example.length(),
                    segments.encoding(),
                    segments.count(),
                    own == null ? 0 : own.version,
                    clientId);
        }
    }

    @GET
    public Uni<Page<TemplateView>> list(@Context UriInfo uri) {
        String clientId = tenant.id();
        ListQuery query = ListQuery.of(uri, ZoneOffset.UTC);
        return templates
                .own()
                .map(own -> Arrays.stream(Purpose.values())
                        .map(purpose -> TemplateView.of(purpose, of(own, purpose), clientId))
                        .toList())
                .map(all -> Page.small(all, query, TemplateResource::cursor));
    }

    @GET
    @Path("{purpose}")
    public Uni<RestResponse<TemplateView>> get(@PathParam("purpose") String word) {
        Purpose purpose = known(word);
        String clientId = tenant.id();
        return templates.own(purpose).map(own -> answer(TemplateView.of(purpose, own, clientId)));
    }

    @POST
    @Idempotent
    public Uni<RestResponse<TemplateView>> write(@NotNull @Valid NewTemplate asked) {
        Purpose purpose = Purpose.of(asked.purpose())
                .orElseThrow(
                        () -> Unprocessable.field("purpose", "must be one of " + String.join(", ", Purpose.words())));
        String clientId = tenant.id();
        return templates
                .write(purpose, asked.body())
                .map(own -> TemplateView.of(purpose, own, clientId))
                .map(view -> RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, view)
                        .location(URI.create("/api/sms/templates/" + purpose.word()))
                        .header("ETag", EntityTags.of(view.version()))
                        .build());
    }

    @PATCH
    @Path("{purpose}")
    @Consumes({MergePatch.MEDIA_TYPE, "application/json"})
    public Uni<RestResponse<TemplateView>> reword(
            @PathParam("purpose") String word, @HeaderParam("If-Match") String ifMatch, @NotNull MergePatch patch) {
        Purpose purpose = known(word);
        String clientId = tenant.id();
        return templates
                .reword(
                        purpose,
                        ifMatch,
                        body -> patch.applyTo(new Words(body), validator).body())
                .map(own -> answer(TemplateView.of(purpose, own, clientId)));
    }

    @DELETE
    @Path("{purpose}")
    public Uni<RestResponse<Void>> forget(@PathParam("purpose") String word) {
        return templates.forget(known(word)).map(gone -> RestResponse.noContent());
    }

    private static Cursor cursor(TemplateView view) {
        return Cursor.of(UUID.nameUUIDFromBytes(view.purpose().getBytes(StandardCharsets.UTF_8)));
    }

    private static Template of(List<Template> own, Purpose purpose) {
        return own.stream()
                .filter(it -> it.purpose.equals(purpose.word()))
                .findFirst()
                .orElse(null);
    }

    private static RestResponse<TemplateView> answer(TemplateView view) {
        return RestResponse.ResponseBuilder.ok(view)
                .header("ETag", EntityTags.of(view.version()))
                .build();
    }

    private static Purpose known(String word) {
        return Purpose.of(word).orElseThrow(() -> new NotFound("There is no such purpose"));
    }
}
