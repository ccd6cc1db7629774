package dev.frontdesk.analytics;

import dev.frontdesk.http.ListQuery;
import dev.frontdesk.tenancy.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** The numbers over time, for charts: oldest first, without gaps. */
@ApplicationScoped
class Series {

    /** Days an hourly series may span. */
    static final int LONGEST_HOURLY_RANGE = 31;

    /** What calls, bookings and texts can be told apart by. */
    static final Map<String, List<String>> TRAITS = Map.of(
            "calls", List.of("status", "direction", "provider", "sentiment"),
            "bookings", List.of("status", "source", "service"),
            "texts", List.of("status", "direction", "purpose"));

    private static final String FIGURES = """
            coalesce(total_calls, 0), coalesce(total_bookings, 0), coalesce(total_sms, 0),
            coalesce(total_cost, 0.000000), coalesce(successful_calls, 0), coalesce(failed_calls, 0)
            """;

    private final Tenant tenant;

    Series(Tenant tenant) {
        this.tenant = tenant;
    }

    /** The numbers of a local day, or of one of its hours. */
    public record Point(
            LocalDate date,
            Integer hour,
            int totalCalls,
            int totalBookings,
            int totalSms,
            BigDecimal totalCost,
            int successfulCalls,
            int failedCalls) {}

    /** How many have a trait; the date is null where the range counts as one. */
    public record Share(LocalDate date, String value, long total) {}

    Uni<List<Point>> days(String clientId, ListQuery.Days range) {
        return read(clientId, """
                select day, null::integer, %s
                from (select $1::date + n as day from generate_series(0, $2::date - $1::date) as n) as days
                left join analytics on date = day order by day
                """.formatted(FIGURES), Tuple.of(range.from(), range.to()), Series::point);
    }

    /** A day has twenty-four hours here; the one that a change of clocks repeats counts both, the one it skips is zero. */
    Uni<List<Point>> hours(String clientId, ListQuery.Days range) {
        return read(clientId, """
                select days.day, hours.hour, %s
                from (select $1::date + n as day from generate_series(0, $2::date - $1::date) as n) as days
                cross join generate_series(0, 23) as hours (hour)
                left join analytics_hours as known on known.date = days.day and known.hour = hours.hour
                order by days.day, hours.hour
                """.formatted(FIGURES), Tuple.of(range.from(), range.to()), Series::point);
    }

    Uni<List<Share>> breakdown(String clientId, ListQuery.Days range, String kind, String dimension, boolean daily) {
        return read(
                clientId,
                """
                select %1$s as day, value, sum(total) as total from analytics_breakdown
                where date between $1 and $2 and kind = $3 and dimension = $4
                group by 1, value having sum(total) <> 0
                order by 1, total desc, value
                """.formatted(daily ? "date" : "null::date"),
                Tuple.of(range.from(), range.to(), kind, dimension),
                row -> new Share(row.getLocalDate(0), row.getString(1), row.getLong(2)));
    }

    private <T> Uni<List<T>> read(String clientId, String query, Tuple arguments, Function<Row, T> view) {
        return tenant.sql(
                        clientId, connection -> connection.preparedQuery(query).execute(arguments))
                .map(rows -> list(rows, view));
    }

    private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> view) {
        return StreamSupport.stream(rows.spliterator(), false).map(view).toList();
    }

    private static Point point(Row row) {
        return new Point(
                row.getLocalDate(0),
                row.getInteger(1),
                row.getInteger(2),
                row.getInteger(3),
                row.getInteger(4),
                row.getBigDecimal(5),
                row.getInteger(6),
                row.getInteger(7));
    }
}
