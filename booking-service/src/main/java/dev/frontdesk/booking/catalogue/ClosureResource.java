package dev.frontdesk.booking.catalogue;

import dev.frontdesk.http.Cursor;
import dev.frontdesk.http.ListQuery;
import dev.frontdesk.http.NotFound;
import dev.frontdesk.http.Page;
import dev.frontdesk.http.Unprocessable;
import dev.frontdesk.idempotency.Idempotent;
import dev.frontdesk.settings.Clients;
import dev.frontdesk.tenancy.Tenant;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/**
 * {@code /api/opening-hours/closures}: when the business, or one resource, serves nobody. Bookings made before a closure
 * stay; moving them is for people to decide.
 */
@Path("/api/opening-hours/closures")
@Cancellable(false)
public class ClosureResource {

    private static final Instant LAST = Instant.parse("9998-12-31T23:59:59Z");

    private final Tenant tenant;
    private final Clients clients;
    private final Catalogues catalogues;

    ClosureResource(Tenant tenant, Clients clients, Catalogues catalogues) {
        this.tenant = tenant;
        this.clients = clients;
        this.catalogues = catalogues;
    }

    /** Either instants, or local dates of which both are closed whole; a resource, or the whole business. */
    public record NewClosure(
            Instant startsAt,
            Instant endsAt,
            LocalDate fromDate,
            LocalDate toDate,
            UUID resourceId,
            @Size(max = 500) String reason) {
        Closure in(ZoneId zone) {
            boolean byDate = fromDate != null && toDate != null && startsAt == null && endsAt == null;
            boolean byTime = fromDate == null && toDate == null && startsAt != null && endsAt != null;
            if (byDate == byTime) {
                throw new Unprocessable("Give starts_at and ends_at, or from_date and to_date");
            }
            Instant start = byTime
                    ? storable("starts_at", startsAt)
                    : storable("from_date", fromDate).atStartOfDay(zone).toInstant();
            Instant end = byTime
                    ? storable("ends_at", endsAt)
                    : storable("to_date", toDate).plusDays(1).atStartOfDay(zone).toInstant();
            if (!start.isBefore(end)) {
                throw Unprocessable.field(byTime ? "ends_at" : "to_date", "must be after the start");
            }
            return new Closure(resourceId, start, end, reason);
        }

        /** PostgreSQL keeps microseconds. */
        private static Instant storable(String field, Instant at) {
            if (at.isBefore(Instant.EPOCH) || at.isAfter(LAST)) {
                throw Unprocessable.field(field, "is out of range");
            }
            return at.truncatedTo(ChronoUnit.MICROS);
        }

        private static LocalDate storable(String field, LocalDate day) {
            if (day.getYear() < 1970 || day.getYear() > 9998) {
                throw Unprocessable.field(field, "is out of range");
            }
            return day;
        }
    }

    public record ClosureView(UUID id, Instant startsAt, Instant endsAt, UUID resourceId, String reason) {
        static ClosureView of(Closure it) {
            return new ClosureView(it.id(), it.startsAt(), it.endsAt(), it.resourceId(), it.reason());
        }
    }

    @GET
    public Uni<Page<ClosureView>> list(@Context UriInfo uri) {
        ListQuery query = ListQuery.of(uri, ZoneOffset.UTC);
        return catalogues
                .fresh()
                .map(it -> Page.small(it.closures(), query, closure -> Cursor.of(closure.id()))
                        .map(ClosureView::of));
    }

    @POST
    @Idempotent
    public Uni<RestResponse<ClosureView>> add(@Valid @NotNull NewClosure wanted) {
        Closure closure = wanted.in(clients.get(tenant.id()).timeZone());
        return tenant.transaction(() -> requireResource(closure.resourceId())
                        .chain(() -> Panache.getSession()
                                .chain(session -> session.persist(closure).chain(session::flush))))
                .map(done -> RestResponse.ResponseBuilder.<ClosureView>created(
                                URI.create("/api/opening-hours/closures/" + closure.id()))
                        .entity(ClosureView.of(closure))
                        .build());
    }

    @DELETE
    @Path("{id}")
    public Uni<Void> remove(UUID id) {
        return tenant.transaction(() -> Panache.getSession()
                .chain(session -> session.createMutationQuery("delete from Closure where id = ?1")
                        .setParameter(1, id)
                        .executeUpdate())
                .invoke(removed -> {
                    if (removed == 0) {
                        throw new NotFound("There is no such closure");
                    }
                })
                .replaceWithVoid());
    }

    private static Uni<Void> requireResource(UUID id) {
        return id == null
                ? Uni.createFrom().voidItem()
                : Panache.getSession()
                        .chain(session -> session.find(Resource.class, id))
                        .onItem()
                        .ifNull()
                        .failWith(() -> Unprocessable.field("resource_id", "is none of this client's"))
                        .replaceWithVoid();
    }
}
