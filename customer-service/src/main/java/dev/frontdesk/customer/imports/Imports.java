package dev.frontdesk.customer.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.frontdesk.http.BadRequest;
import dev.frontdesk.http.Conflict;
import dev.frontdesk.http.Csv;
import dev.frontdesk.http.Json;
import dev.frontdesk.http.NotFound;
import dev.frontdesk.http.Violation;
import dev.frontdesk.settings.Clients;
import dev.frontdesk.tenancy.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * CSVs of customers on their way in: received in parts, checked row by row, and applied as a whole by {@link ImportWorker}.
 * One bad row and nothing is applied.
 */
@ApplicationScoped
class Imports {

    private static final int MOST_ROWS_PER_PART = 50_000;
    private static final int MOST_VIOLATIONS = 100;

    private final Tenant tenant;
    private final Clients clients;
    private final Clock clock;

    Imports(Tenant tenant, Clients clients, Clock clock) {
        this.tenant = tenant;
        this.clients = clients;
        this.clock = clock;
    }

    /**
     * An import as it stands.
     *
     * @param status {@code receiving, applying, done, failed}
     * @param progress 0 to 100, of applying
     * @param errors the first hundred of {@code errorCount}
     */
    public record Import(
            UUID id,
            String status,
            int received,
            int applied,
            int progress,
            int created,
            int updated,
            int errorCount,
            List<Violation> errors,
            Instant startedAt,
            Instant finishedAt) {}

    /** Takes the first part, and starts applying it if it is the last as well. */
    Uni<Import> begin(String csv, boolean last) {
        UUID id = UUID.randomUUID();
        return tenant.sql(
                tenant.id(),
                connection -> connection
                        .preparedQuery("insert into imports (id, status, started_at) values ($1, 'receiving', $2)")
                        .execute(Tuple.of(id, now()))
                        .chain(() -> receive(connection, id, csv, last)));
    }

    /** Takes another part; each has the header line. */
    Uni<Import> add(UUID id, String csv, boolean last) {
        return tenant.sql(tenant.id(), connection -> receive(connection, id, csv, last));
    }

    Uni<Import> get(UUID id) {
        return tenant.sql(tenant.id(), connection -> read(connection, id, "").map(Imports::of));
    }

    private Uni<Import> receive(SqlConnection connection, UUID id, String csv, boolean last) {
        List<Map<String, String>> cells = Csv.read(csv, MOST_ROWS_PER_PART);
        if (!cells.isEmpty() && !cells.get(0).keySet().containsAll(List.of("name", "phone"))) {
            throw new BadRequest("The CSV needs a header line with the columns name and phone");
        }
        return read(connection, id, " for update").chain(row -> {
            if (!row.getString("status").equals("receiving")) {
                throw new Conflict("This import is complete: " + row.getString("status"));
            }
            List<Violation> violations = new ArrayList<>();
            List<ImportRow> rows = rows(cells, row.getInteger("received"), violations);
            return stage(connection, id, rows)
                    .chain(() -> note(connection, id, cells.size(), violations))
                    .chain(() ->
                            last ? complete(connection, id) : Uni.createFrom().voidItem())
                    .chain(() -> read(connection, id, ""))
                    .map(Imports::of);
        });
    }

    private List<ImportRow> rows(List<Map<String, String>> cells, int before, List<Violation> violations) {
        String region = clients.get(tenant.id()).region();
        List<ImportRow> rows = new ArrayList<>(cells.size());
        for (int i = 0; i < cells.size(); i++) {
            ImportRow row = ImportRow.of(before + i + 1, cells.get(i), region, violations::add);
            if (row != null) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static Uni<Void> stage(SqlConnection connection, UUID id, List<ImportRow> rows) {
        return connection
                .preparedQuery("""
                        insert into import_rows (import_id, line, phone, name, email, notes, tags, address)
                        select $1, line, phone, name, email, notes, coalesce(string_to_array(nullif(tags, ''), ';'), '{}'), address
                        from unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
                             as row (line, phone, name, email, notes, tags, address)
                        """)
                .execute(Tuple.tuple(Arrays.asList(
                        id,
                        rows.stream().map(ImportRow::line).toArray(Integer[]::new),
                        column(rows, ImportRow::phone),
                        column(rows, ImportRow::name),
                        column(rows, ImportRow::email),
                        column(rows, ImportRow::notes),
                        column(rows, row -> String.join(";", row.tags())),
                        column(rows, ImportRow::address))))
                .replaceWithVoid();
    }

    private static String[] column(List<ImportRow> rows, Function<ImportRow, String> cell) {
        return rows.stream().map(cell).toArray(String[]::new);
    }

    /** A number that comes twice is an error of the later row; then all is ready, or nothing is kept. */
    private Uni<Void> complete(SqlConnection connection, UUID id) {
        return connection
                .preparedQuery("""
                        select line, first from (
                            select line, min(line) over (partition by phone) as first from import_rows where import_id = $1
                        ) numbered where line > first order by line
                        """)
                .execute(Tuple.of(id))
                .map(rows -> {
                    List<Violation> twice = new ArrayList<>();
                    for (Row row : rows) {
                        twice.add(ImportRow.violation(
                                row.getInteger("line"), "phone", "the number of row " + row.getInteger("first")));
                    }
                    return twice;
                })
                .chain(twice -> note(connection, id, 0, twice))
                .chain(() -> connection.preparedQuery("""
                                update imports set status = case when error_count = 0 then 'applying' else 'failed' end,
                                    finished_at = case when error_count = 0 then null else $2::timestamptz end
                                where id = $1
                                """).execute(Tuple.of(id, now())))
                .chain(() -> connection.preparedQuery("""
                                delete from import_rows using imports
                                where import_id = $1 and imports.id = $1 and imports.status = 'failed'
                                """).execute(Tuple.of(id)))
                .replaceWithVoid();
    }

    private static Uni<Void> note(SqlConnection connection, UUID id, int received, List<Violation> violations) {
        return connection
                .preparedQuery("""
                        update imports set received = received + $2, error_count = error_count + $3,
                            errors = case when jsonb_array_length(errors) >= $5 then errors else errors || $4::text::jsonb end
                        where id = $1
                        """)
                .execute(Tuple.of(
                        id,
                        received,
                        violations.size(),
                        json(violations.subList(0, Math.min(violations.size(), MOST_VIOLATIONS))),
                        MOST_VIOLATIONS))
                .replaceWithVoid();
    }

    private static Uni<Row> read(SqlConnection connection, UUID id, String lock) {
        return connection
                .preparedQuery("select *, errors::text as first_errors from imports where id = $1" + lock)
                .execute(Tuple.of(id))
                .map(rows -> {
                    if (rows.size() == 0) {
                        throw new NotFound("No import has this id");
                    }
                    return rows.iterator().next();
                });
    }

    private static Import of(Row row) {
        OffsetDateTime finished = row.getOffsetDateTime("finished_at");
        int received = row.getInteger("received");
        int applied = row.getInteger("applied");
        return new Import(
                row.getUUID("id"),
                row.getString("status"),
                received,
                applied,
                received == 0 ? 100 : (int) (100L * applied / received),
                row.getInteger("created"),
                row.getInteger("updated"),
                row.getInteger("error_count"),
                violations(row.getString("first_errors")),
                row.getOffsetDateTime("started_at").toInstant(),
                finished == null ? null : finished.toInstant());
    }

    private static String json(List<Violation> violations) {
        try {
            return Json.mapper().writeValueAsString(violations);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static List<Violation> violations(String json) {
        try {
            return Json.mapper().readValue(json, new TypeReference<List<Violation>>() {});
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
