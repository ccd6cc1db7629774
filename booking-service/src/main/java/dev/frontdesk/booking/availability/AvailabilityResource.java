package dev.frontdesk.booking.availability;

import dev.frontdesk.http.BadRequest;
import dev.frontdesk.http.Cursor;
import dev.frontdesk.http.ListQuery;
import dev.frontdesk.http.Page;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.Cancellable;

/** {@code /api/availability}: the free times of a service, soonest first; empty means that nothing is free. */
@Path("/api/availability")
@Cancellable(false)
public class AvailabilityResource {

    private static final int MOST_DAYS = 31;
    private static final int USUAL_DAYS = 7;
    private static final UUID NOBODY = new UUID(0, 0);

    private final Availability availability;

    AvailabilityResource(Availability availability) {
        this.availability = availability;
    }

    @GET
    public Uni<Page<Slot>> free(@Context UriInfo uri) {
        ListQuery query = ListQuery.of(uri, ZoneOffset.UTC, "service_type", "from", "to");
        String service = query.text("service_type").orElseThrow(() -> new BadRequest("service_type: is missing"));
        return availability
                .today()
                .map(today -> days(query, today))
                .chain(days -> availability.slots(service, days.from(), days.to()))
                .map(slots -> Page.small(slots, query, it -> new Cursor(it.startsAt(), NOBODY)));
    }

    private static ListQuery.Days days(ListQuery query, LocalDate today) {
        LocalDate from = query.date("from").orElse(today);
        LocalDate to = query.date("to").orElse(from.plusDays(USUAL_DAYS - 1L));
        return ListQuery.Days.of(from, to, MOST_DAYS);
    }
}
