package dev.frontdesk.booking;

import dev.frontdesk.booking.BookingResource.BookingView;
import dev.frontdesk.http.ListQuery;
import dev.frontdesk.http.Page;
import dev.frontdesk.settings.Clients;
import dev.frontdesk.tenancy.Tenant;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Bookings by when they take place: a day or a week of the client's, and what is still to come. */
@Path("/api/bookings")
@Cancellable(false)
public class CalendarResource {

    private static final int MOST = 5_000;

    private final BookingSearch search;
    private final Tenant tenant;
    private final Clients clients;
    private final Clock clock;

    CalendarResource(BookingSearch search, Tenant tenant, Clients clients, Clock clock) {
        this.search = search;
        this.tenant = tenant;
        this.clients = clients;
        this.clock = clock;
    }

    /** Local days in order, each with its bookings in order; days without any are there, empty. */
    public record CalendarView(LocalDate from, LocalDate to, String timeZone, List<DayView> days) {}

    public record DayView(LocalDate date, List<BookingView> items) {}

    /** {@code ?view=day|week} (default day) of {@code ?date=} (default today); a week begins on Monday. */
    @GET
    @Path("calendar")
    public Uni<CalendarView> calendar(@Context UriInfo uri) {
        ZoneId zone = clients.get(tenant.id()).timeZone();
        ListQuery query = ListQuery.of(uri, zone, "date", "view");
        boolean week = query.oneOf("view", List.of("day", "week")).orElse("day").equals("week");
        LocalDate date = query.date("date").orElse(clock.instant().atZone(zone).toLocalDate());
        LocalDate from = week ? date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)) : date;
        LocalDate before = from.plusDays(week ? 7 : 1);
        return search.between(
                        from.atStartOfDay(zone).toInstant(),
                        before.atStartOfDay(zone).toInstant(),
                        MOST)
                .map(bookings ->
                        new CalendarView(from, before.minusDays(1), zone.getId(), days(from, before, bookings, zone)));
    }

    private static List<DayView> days(LocalDate from, LocalDate before, List<Booking> bookings, ZoneId zone) {
        Map<LocalDate, List<BookingView>> byDay = bookings.stream()
                .collect(Collectors.groupingBy(
                        it -> it.scheduledAt.atZone(zone).toLocalDate(),
                        Collectors.mapping(BookingView::of, Collectors.toList())));
        return from.datesUntil(before)
                .map(day -> new DayView(day, byDay.getOrDefault(day, List.of())))
                .toList();
    }

    /** Open bookings that have not begun, soonest first. */
    @GET
    @Path("upcoming")
    public Uni<Page<BookingView>> upcoming(@Context UriInfo uri) {
        return search.upcoming(uri, clock.instant()).map(page -> page.map(BookingView::of));
    }
}
