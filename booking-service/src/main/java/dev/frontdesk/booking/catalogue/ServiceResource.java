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
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
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
import java.math.BigDecimal;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** {@code /api/services}: the price list. A booking's {@code service_type} is a service's {@code code}. */
@Path("/api/services")
@Cancellable(false)
public class ServiceResource {

    private final Services services;
    private final Validator validator;

    ServiceResource(Services services, Validator validator) {
        this.services = services;
        this.validator = validator;
    }

    /** What staff may change. */
    public record Terms(
            @NotBlank @Size(max = 200) String name,
            @NotNull @Min(5) @Max(1440) Integer durationMinutes,
            @Min(0) @Max(480) Integer bufferMinutes,
            @Min(5) @Max(1440) Integer stepMinutes,

            @NotNull @DecimalMin("0") @Digits(integer = 8, fraction = 2)
            BigDecimal basePrice,

            @DecimalMin("0") @Digits(integer = 8, fraction = 2)
            BigDecimal pricePerUnit,

            @Min(1) @Max(10_000) Integer maxUnits,
            @Pattern(regexp = "[A-Z]{3}") String currency,
            Boolean active,
            Integer displayOrder) {}

    /** A service to add; its code stays. */
    public record NewService(
            @NotBlank @Pattern(regexp = "[a-z0-9][a-z0-9_-]{0,49}")
            String code,

            @NotBlank @Size(max = 200) String name,
            @NotNull @Min(5) @Max(1440) Integer durationMinutes,
            @Min(0) @Max(480) Integer bufferMinutes,
            @Min(5) @Max(1440) Integer stepMinutes,

            @NotNull @DecimalMin("0") @Digits(integer = 8, fraction = 2)
            BigDecimal basePrice,

            @DecimalMin("0") @Digits(integer = 8, fraction = 2)
            BigDecimal pricePerUnit,

            @Min(1) @Max(10_000) Integer maxUnits,
            @Pattern(regexp = "[A-Z]{3}") String currency,
            Boolean active,
            Integer displayOrder) {
        Terms terms() {
            return new Terms(
                    name,
                    durationMinutes,
                    bufferMinutes,
                    stepMinutes,
                    basePrice,
                    pricePerUnit,
                    maxUnits,
                    currency,
                    active,
                    displayOrder);
        }
    }

    public record ServiceView(
            UUID id,
            String code,
            String name,
            Integer durationMinutes,
            Integer bufferMinutes,
            Integer stepMinutes,
            BigDecimal basePrice,
            BigDecimal pricePerUnit,
            Integer maxUnits,
            String currency,
            Boolean active,
            Integer displayOrder,
            long version) {
        static ServiceView of(Service service) {
            Terms it = service.terms();
            return new ServiceView(
                    service.id(),
                    service.code(),
                    it.name(),
                    it.durationMinutes(),
                    it.bufferMinutes(),
                    it.stepMinutes(),
                    it.basePrice(),
                    it.pricePerUnit(),
                    it.maxUnits(),
                    it.currency(),
                    it.active(),
                    it.displayOrder(),
                    service.version());
        }
    }

    @GET
    public Uni<Page<ServiceView>> list(@Context UriInfo uri) {
        ListQuery query = ListQuery.of(uri, ZoneOffset.UTC, "active");
        return services.all(query.flag("active"))
                .map(all -> Page.small(all, query, it -> Cursor.of(it.id())).map(ServiceView::of));
    }

    @GET
    @Path("{id}")
    public Uni<RestResponse<ServiceView>> get(UUID id) {
        return services.get(id).map(ServiceResource::answer);
    }

    @POST
    @Idempotent
    public Uni<RestResponse<ServiceView>> add(@Valid @NotNull NewService service) {
        return services.add(service.code(), service.terms()).map(ServiceResource::created);
    }

    @PATCH
    @Path("{id}")
    @Consumes({MergePatch.MEDIA_TYPE, "application/json"})
    public Uni<RestResponse<ServiceView>> change(
            UUID id, @HeaderParam("If-Match") String ifMatch, @NotNull MergePatch patch) {
        return services.change(id, ifMatch, terms -> patch.applyTo(terms, validator))
                .map(ServiceResource::answer);
    }

    @DELETE
    @Path("{id}")
    public Uni<Void> remove(UUID id, @HeaderParam("If-Match") String ifMatch) {
        return services.remove(id, ifMatch);
    }

    private static RestResponse<ServiceView> answer(Service service) {
        return RestResponse.ResponseBuilder.ok(ServiceView.of(service))
                .header("ETag", EntityTags.of(service.version()))
                .build();
    }

    private static RestResponse<ServiceView> created(Service service) {
        return RestResponse.ResponseBuilder.<ServiceView>created(URI.create("/api/services/" + service.id()))
                .entity(ServiceView.of(service))
                .header("ETag", EntityTags.of(service.version()))
                .build();
    }
}
