package dev.frontdesk.booking.catalogue;

import dev.frontdesk.http.Cursor;
import dev.frontdesk.http.ListQuery;
import dev.frontdesk.http.Page;
import dev.frontdesk.http.Unprocessable;
import dev.frontdesk.tenancy.Tenant;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jboss.resteasy.reactive.server.Cancellable;

/**
 * {@code /api/opening-hours}: the client's week in its own zone. It is read and written whole; a day without an entry is
 * closed, a day with two has a break, a closing time at or before the opening is on the following day.
 */
@Path("/api/opening-hours")
@Cancellable(false)
public class OpeningHoursResource {

    private static final String DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday";
    private static final String CLOCK = "([01]\\d|2[0-3]):[0-5]\\d";

    private final Tenant tenant;
    private final Catalogues catalogues;

    OpeningHoursResource(Tenant tenant, Catalogues catalogues) {
        this.tenant = tenant;
        this.catalogues = catalogues;
    }

    /** Local times HH:MM of a weekday such as {@code monday}. */
    public record Hours(
            @NotNull @Pattern(regexp = DAYS) String weekday,
            @NotNull @Pattern(regexp = CLOCK) String opens,
            @NotNull @Pattern(regexp = CLOCK) String closes) {
        static Hours of(OpeningHours it) {
            return new Hours(
                    it.weekday().name().toLowerCase(Locale.ROOT),
                    it.opens().toString(),
                    it.closes().toString());
        }

        OpeningHours entity() {
            return new OpeningHours(
                    DayOfWeek.valueOf(weekday.toUpperCase(Locale.ROOT)),
                    LocalTime.parse(opens),
                    LocalTime.parse(closes));
        }
    }

    public record Week(@NotNull @Size(max = 50) List<@Valid @NotNull Hours> items) {}

    @GET
    public Uni<Page<Hours>> get(@Context UriInfo uri) {
        ListQuery query = ListQuery.of(uri, ZoneOffset.UTC);
        return catalogues
                .fresh()
                .map(it -> Page.small(it.hours(), query, hours -> Cursor.of(hours.id()))
                        .map(Hours::of));
    }

    @PUT
    public Uni<Page<Hours>> replace(@Valid @NotNull Week week) {
        List<OpeningHours> hours = week.items().stream()
                .map(Hours::entity)
                .sorted(Comparator.comparing(OpeningHours::weekday).thenComparing(OpeningHours::opens))
                .toList();
        requireDistinct(hours);
        return tenant.transaction(() -> catalogues
                        .locked(tenant.id())
                        .chain(rules -> Panache.getSession())
                        .chain(session -> session.createMutationQuery("delete from OpeningHours")
                                .executeUpdate()
                                .chain(() -> session.persistAll(hours.toArray()))
                                .chain(session::flush)))
                .replaceWith(Page.whole(hours).map(Hours::of));
    }

    private static void requireDistinct(List<OpeningHours> hours) {
        for (int i = 1; i < hours.size(); i++) {
            OpeningHours one = hours.get(i - 1);
            OpeningHours next = hours.get(i);
            boolean overlap = one.weekday() == next.weekday()
                    && (next.opens().isBefore(one.closes()) || !one.closes().isAfter(one.opens()));
            if (overlap) {
                throw Unprocessable.field("items", "the hours of a weekday overlap");
            }
        }
    }
}
