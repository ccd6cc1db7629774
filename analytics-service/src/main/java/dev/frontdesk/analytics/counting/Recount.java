package dev.frontdesk.analytics.counting;

import dev.frontdesk.http.ListQuery;
import dev.frontdesk.outbox.Outbox;
import dev.frontdesk.tenancy.Tenant;
import dev.frontdesk.tenancy.Trace;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Counts from the facts what {@link Rollups} keeps up to date, to compare the two or to put the second right. */
@ApplicationScoped
class Recount {

    private final Tenant tenant;
    private final Outbox outbox;

    Recount(Tenant tenant, Outbox outbox) {
        this.tenant = tenant;
        this.outbox = outbox;
    }

    /** @param changed how many of the days were not as the facts say */
    public record Recomputed(int days, int changed) {}

    /** One number that differs; null where one side has none. */
    public record Difference(LocalDate date, String what, List<BigDecimal> live, List<BigDecimal> facts) {}

    /** A call or text that names a booking nobody made. */
    public record Orphan(String kind, UUID id, UUID bookingId) {}

    /** @param counters phones whose counters differ */
    public record Report(
            LocalDate from,
            LocalDate to,
            boolean consistent,
            List<Difference> differences,
            List<String> counters,
            List<Orphan> orphans) {}

    /**
     * Puts the days right, and all customer counters, in one transaction; batches of the client wait that long. Days outside
     * that facts came from or went to are put right as well, and not reported.
     */
    Uni<Recomputed> recompute(String clientId, ZoneId zone, ListQuery.Days range) {
        return tenant.sql(
                        clientId,
                        connection -> connection
                                .preparedQuery("select pg_advisory_xact_lock(%s)".formatted(RollupSql.LOCK))
                                .execute(Tuple.of(clientId))
                                .chain(() -> putOnLocalDays(connection, range, zone))
                                .chain(moved -> wrongDays(connection, range, moved))
                                .call(wrong -> put(connection, RecountSql.CLEAR_HOURS, wrong))
                                .call(wrong -> put(connection, RecountSql.COUNT_HOURS, wrong))
                                .call(wrong -> put(connection, RecountSql.CLEAR_BREAKDOWN, wrong))
                                .call(wrong -> put(connection, RecountSql.COUNT_BREAKDOWN, wrong))
                                .call(wrong -> put(connection, RecountSql.COUNT_DAYS, wrong))
                                .call(() -> connection
                                        .preparedQuery(RecountSql.COUNT_CUSTOMERS)
                                        .execute(Tuple.of(Trace.parent()))))
                .invoke(outbox::wake)
                .map(wrong -> recomputed(range, wrong));
    }

    /** Compares without changing anything; each comparison is one statement, so that none sees half a batch. */
    Uni<Report> report(String clientId, ListQuery.Days range) {
        return tenant.sql(
                clientId,
                connection -> connection
                        .preparedQuery(RecountSql.DIFFERENCES)
                        .execute(Tuple.of(range.from(), range.to()))
                        .map(rows -> list(rows, Recount::difference))
                        .chain(differences -> connection
                                .query(RecountSql.WRONG_COUNTERS)
                                .execute()
                                .map(rows -> list(rows, row -> row.getString("phone")))
                                .chain(counters -> orphans(connection, range)
                                        .map(orphans -> new Report(
                                                range.from(),
                                                range.to(),
                                                differences.isEmpty() && counters.isEmpty() && orphans.isEmpty(),
                                                differences,
                                                counters,
                                                orphans)))));
    }

    private static Uni<List<Orphan>> orphans(SqlConnection connection, ListQuery.Days range) {
        return connection
                .preparedQuery(RecountSql.ORPHANS)
                .execute(Tuple.of(range.from(), range.to()))
                .map(rows -> list(
                        rows, row -> new Orphan(row.getString("kind"), row.getUUID("id"), row.getUUID("booking_id"))));
    }

    private static Recomputed recomputed(ListQuery.Days range, LocalDate[] wrong) {
        long changed = Arrays.stream(wrong)
                .filter(day -> !day.isBefore(range.from()) && !day.isAfter(range.to()))
                .count();
        return new Recomputed((int) ChronoUnit.DAYS.between(range.from(), range.to()) + 1, (int) changed);
    }

    private static Uni<LocalDate[]> putOnLocalDays(SqlConnection connection, ListQuery.Days range, ZoneId zone) {
        return connection
                .preparedQuery(RecountSql.PUT_ON_LOCAL_DAYS)
                .execute(Tuple.of(range.from(), range.to(), zone.getId()))
                .map(Recount::dates);
    }

    private static Uni<LocalDate[]> wrongDays(SqlConnection connection, ListQuery.Days range, LocalDate[] moved) {
        return connection
                .preparedQuery(RecountSql.WRONG_DAYS)
                .execute(Tuple.of(range.from(), range.to(), moved))
                .map(Recount::dates);
    }

    private static LocalDate[] dates(RowSet<Row> rows) {
        return list(rows, row -> row.getLocalDate("date")).toArray(LocalDate[]::new);
    }

    private static Uni<Void> put(SqlConnection connection, String statement, LocalDate[] days) {
        return connection.preparedQuery(statement).execute(Tuple.of(days)).replaceWithVoid();
    }

    private static Difference difference(Row row) {
        return new Difference(
                row.getLocalDate("date"),
                row.getString("what"),
                figures(row.getArrayOfStrings("live")),
                figures(row.getArrayOfStrings("facts")));
    }

    private static List<BigDecimal> figures(String[] texts) {
        return texts == null ? null : Arrays.stream(texts).map(BigDecimal::new).toList();
    }

    private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> view) {
        return StreamSupport.stream(rows.spliterator(), false).map(view).toList();
    }
}
