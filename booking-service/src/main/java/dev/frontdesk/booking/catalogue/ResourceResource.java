package dev.frontdesk.booking.catalogue;

import dev.frontdesk.http.Cursor;
import dev.frontdesk.http.EntityTags;
import dev.frontdesk.http.ListQuery;
import dev.frontdesk.http.MergePatch;
import dev.frontdesk.http.Page;
import dev.frontdesk.idempotency.Idempotent;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
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
import java.net.URI;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** {@code /api/resources}: the vans, chairs and rooms that bookings take. */
@Path("/api/resources")
@Cancellable(false)
public class ResourceResource {

    private final Resources resources;
    private final Validator validator;

    ResourceResource(Resources resources, Validator validator) {
        this.resources = resources;
        this.validator = validator;
    }

    /** What staff may change. */
    public record Terms(@NotBlank @Size(max = 200) String name, Boolean active, Integer displayOrder) {}

    public record NewResource(
            @NotBlank @Pattern(regexp = "[a-z0-9][a-z0-9_-]{0,49}")
            String code,

            @NotBlank @Size(max = 200) String name,
            Boolean active,
            Integer displayOrder) {}

    public record ResourceView(UUID id, String code, String name, boolean active, Integer displayOrder, long version) {
        static ResourceView of(Resource it) {
            return new ResourceView(
                    it.id(),
                    it.code(),
                    it.terms().name(),
                    it.isActive(),
                    it.terms().displayOrder(),
                    it.version());
        }
    }

    @GET
    public Uni<Page<ResourceView>> list(@Context UriInfo uri) {
        ListQuery query = ListQuery.of(uri, ZoneOffset.UTC);
        return resources
                .all()
                .map(all -> Page.small(all, query, it -> Cursor.of(it.id())).map(ResourceView::of));
    }

    @GET
    @Path("{id}")
    public Uni<RestResponse<ResourceView>> get(UUID id) {
        return resources.get(id).map(ResourceResource::answer);
    }

    @POST
    @Idempotent
    public Uni<RestResponse<ResourceView>> add(@Valid @NotNull NewResource it) {
        return resources
                .add(it.code(), new Terms(it.name(), it.active(), it.displayOrder()))
                .map(added -> RestResponse.ResponseBuilder.<ResourceView>created(
                                URI.create("/api/resources/" + added.id()))
                        .entity(ResourceView.of(added))
                        .header("ETag", EntityTags.of(added.version()))
                        .build());
    }

    @PATCH
    @Path("{id}")
    @Consumes({MergePatch.MEDIA_TYPE, "application/json"})
    public Uni<RestResponse<ResourceView>> change(
            UUID id, @HeaderParam("If-Match") String ifMatch, @NotNull MergePatch patch) {
        return resources
                .change(id, ifMatch, terms -> patch.applyTo(terms, validator))
                .map(ResourceResource::answer);
    }

    @DELETE
    @Path("{id}")
    public Uni<Void> remove(UUID id, @HeaderParam("If-Match") String ifMatch) {
        return resources.remove(id, ifMatch);
    }

    private static RestResponse<ResourceView> answer(Resource resource) {
        return RestResponse.ResponseBuilder.ok(ResourceView.of(resource))
                .header("ETag", EntityTags.of(resource.version()))
                .build();
    }
}
