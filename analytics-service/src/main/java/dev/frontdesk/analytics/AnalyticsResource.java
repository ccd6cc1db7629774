package dev.frontdesk.analytics;

import dev.frontdesk.http.BadRequest;
import dev.frontdesk.http.Csv;
import dev.frontdesk.http.Cursor;
import dev.frontdesk.http.ListQuery;
import dev.frontdesk.http.Page;
import dev.frontdesk.security.Caller;
import dev.frontdesk.settings.Clients;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The numbers of the caller's client. A day is the client's local day; {@code from} and {@code to} are both included. */
@Path("/api/analytics")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
public class AnalyticsResource {

    private static final int LONGEST_RANGE = 400;
    /** The seed's query: {@code date >= CURRENT_DATE - INTERVAL '30 days'}, which is today and thirty days before it. */
    private static final int USUAL_RANGE = 31;

    private static final List<String> COLUMNS = List.of(
            "date",
            "total_calls",
            "total_bookings",
            "total_sms",
            "total_cost",
            "successful_calls",
            "failed_calls",
            "conversion_rate",
            "success_rate");

    private final Days days;
    private final Series series;
    private final Clients clients;
    private final Clock clock;

    AnalyticsResource(Days days, Series series, Clients clients, Clock clock) {
        this.days = days;
        this.series = series;
        this.clients = clients;
        this.clock = clock;
    }

    /** One day, as the seed's query shows it. */
    public record DayView(
            LocalDate date,
            int totalCalls,
            int totalBookings,
            int totalSms,
            BigDecimal totalCost,
            int successfulCalls,
            int failedCalls,
            BigDecimal conversionRate,
            BigDecimal successRate) {
        static DayView of(Day day) {
            return new DayView(
                    day.date(),
                    day.totalCalls(),
                    day.totalBookings(),
                    day.totalSms(),
                    day.totalCost(),
                    day.successfulCalls(),
                    day.failedCalls(),
                    day.conversionRate(),
                    day.successRate());
        }
    }

    /** Today beside yesterday and the same day last week; changes in percent, null where there is nothing to compare with. */
    public record SummaryView(
            String timeZone,
            String currency,
            DayView today,
            DayView yesterday,
            DayView sameWeekday,
            Change sinceYesterday,
            Change sinceSameWeekday) {}

    @GET
    @Path("daily")
    public Uni<Page<DayView>> daily(@Context UriInfo uri) {
        ListQuery query = query(uri, "from", "to");
        ListQuery.Days range = query.days(today(), USUAL_RANGE, LONGEST_RANGE);
        LocalDate to = query.cursor()
                .map(cursor -> cursor.at().atZone(ZoneOffset.UTC).toLocalDate().minusDays(1))
                .orElse(range.to());
        // Without a limit the range is the limit.
        int limit = query.text("limit").isPresent() ? query.limit() : LONGEST_RANGE;
        return days.of(new ListQuery.Days(range.from(), to))
                .map(all -> Page.of(all, limit, AnalyticsResource::cursor).map(DayView::of));
    }

    @GET
    @Path("daily.csv")
    @Produces(Csv.MEDIA_TYPE)
    public Multi<String> csv(@Context UriInfo uri) {
        ListQuery.Days range = query(uri, "from", "to").days(today(), USUAL_RANGE, LONGEST_RANGE);
        return Csv.rows(
                COLUMNS,
                days.of(range)
                        .onItem()
                        .transformToMulti(all -> Multi.createFrom().iterable(all))
                        .map(DayView::of)
                        .map(AnalyticsResource::cells));
    }

    @GET
    @Path("summary")
    public Uni<SummaryView> summary(@Context UriInfo uri) {
        query(uri);
        Clients.Client client = client();
        LocalDate today = today();
        return days.each(today, today.minusDays(1), today.minusDays(7))
                .map(it -> new SummaryView(
                        client.timeZone().getId(),
                        client.currency(),
                        DayView.of(it.get(0)),
                        DayView.of(it.get(1)),
                        DayView.of(it.get(2)),
                        Change.between(it.get(1), it.get(0)),
                        Change.between(it.get(2), it.get(0))));
    }

    /** Oldest first, every hour or day of the range; {@code interval} is {@code hour} or {@code day}. */
    @GET
    @Path("series")
    public Uni<Page<Series.Point>> series(@Context UriInfo uri) {
        ListQuery query = query(uri, "from", "to", "interval");
        boolean hourly =
                query.oneOf("interval", List.of("hour", "day")).orElse("day").equals("hour");
        ListQuery.Days range =
                query.days(today(), hourly ? 1 : USUAL_RANGE, hourly ? Series.LONGEST_HOURLY_RANGE : LONGEST_RANGE);
        return (hourly ? series.hours(clientId(), range) : series.days(clientId(), range))
                .map(all -> Page.small(all, query, AnalyticsResource::cursor));
    }

    /** How many {@code of=calls|bookings|texts} are of which {@code by=status|source|…}; per day with {@code interval=day}. */
    @GET
    @Path("breakdown")
    public Uni<Page<Series.Share>> breakdown(@Context UriInfo uri) {
        ListQuery query = query(uri, "from", "to", "of", "by", "interval");
        String of = query.oneOf("of", Series.TRAITS.keySet())
                .orElseThrow(() -> new BadRequest("of: one of calls, bookings, texts is needed"));
        String by = query.oneOf("by", Series.TRAITS.get(of)).orElse("status");
        boolean daily = query.oneOf("interval", List.of("day")).isPresent();
        ListQuery.Days range = query.days(today(), USUAL_RANGE, LONGEST_RANGE);
        return series.breakdown(clientId(), range, of, by, daily)
                .map(all -> Page.small(all, query, AnalyticsResource::cursor));
    }

    private static Cursor cursor(Day day) {
        return new Cursor(day.date().atStartOfDay(ZoneOffset.UTC).toInstant(), new UUID(0, 0));
    }

    private static Cursor cursor(Series.Point point) {
        int hour = point.hour() == null ? 0 : point.hour();
        return new Cursor(point.date().atTime(hour, 0).toInstant(ZoneOffset.UTC), new UUID(0, 0));
    }

    private static Cursor cursor(Series.Share share) {
        UUID value = UUID.nameUUIDFromBytes(share.value().getBytes(StandardCharsets.UTF_8));
        return share.date() == null
                ? Cursor.of(value)
                : new Cursor(share.date().atStartOfDay(ZoneOffset.UTC).toInstant(), value);
    }

    private static List<?> cells(DayView day) {
        return Arrays.asList(
                day.date(),
                day.totalCalls(),
                day.totalBookings(),
                day.totalSms(),
                day.totalCost(),
                day.successfulCalls(),
                day.failedCalls(),
                day.conversionRate(),
                day.successRate());
    }

    private ListQuery query(UriInfo uri, String... filters) {
        return ListQuery.of(uri, client().timeZone(), filters);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), client().timeZone());
    }

    private Clients.Client client() {
        return clients.get(clientId());
    }

    private static String clientId() {
        return Caller.current().clientId();
    }
}
