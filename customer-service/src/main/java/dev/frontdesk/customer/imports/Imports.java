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
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

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
        return tenant.transaction(() -> run(
                        "insert into imports (id, status, started_at) values (?1, 'receiving', ?2)",
                        id,
                        clock.instant())
                .chain(() -> receive(id, csv, last)));
    }

    /** Takes another part; each has the header line. */
    Uni<Import> add(UUID id, String csv, boolean last) {
        return tenant.transaction(() -> receive(id, csv, last));
    }

    Uni<Import> get(UUID id) {
        return tenant.transaction(() -> read(id, ""));
    }

    private Uni<Import> receive(UUID id, String csv, boolean last) {
        List<Map<String, String>> cells = Csv.read(csv, MOST_ROWS_PER_PART);
        if (!cells.isEmpty() && !cells.get(0).keySet().containsAll(List.of("name", "phone"))) {
            throw new BadRequest("The CSV needs a header line with the columns name and phone");
        }
        return read(id, " for update").chain(present -> {
            if (!present.status().equals("receiving")) {
                throw new Conflict("This import is complete: " + present.status());
            }
            List<Violation> violations = new ArrayList<>();
            List<ImportRow> rows = rows(cells, present.received(), violations);
            return stage(id, rows)
                    .chain(() -> note(id, cells.size(), violations))
                    .chain(() -> last ? complete(id) : Uni.createFrom().voidItem())
                    .chain(() -> read(id, ""));
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

    private static Uni<Void> stage(UUID id, List<ImportRow> rows) {
        return run("""
                insert into import_rows (import_id, line, phone, name, email, notes, tags, address)
                select ?1, line, phone, name, email, notes, tags, address
                from jsonb_to_recordset(cast(cast(?2 as text) as jsonb))
                    as row (line int, phone text, name text, email text, notes text, tags text[], address text)
                """, id, json(rows));
    }

    /** A number that comes twice is an error of the later row; then all is ready, or nothing is kept. */
    private Uni<Void> complete(UUID id) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("""
                        select line, first from (
                            select line, min(line) over (partition by phone) as first from import_rows where import_id = ?1
                        ) numbered where line > first order by line
                        """, Object[].class)
                        .setParameter(1, id)
                        .getResultList())
                .map(rows -> rows.stream()
                        .map(row -> ImportRow.violation((Integer) row[0], "phone", "the number of row " + row[1]))
                        .toList())
                .chain(twice -> note(id, 0, twice))
                .chain(() -> run("""
                        update imports set status = case when error_count = 0 then 'applying' else 'failed' end,
                            finished_at = case when error_count = 0 then null else cast(?2 as timestamptz) end
                        where id = ?1
                        """, id, clock.instant()))
                .chain(() -> run("""
                        delete from import_rows using imports
                        where import_id = ?1 and imports.id = ?1 and imports.status = 'failed'
                        """, id));
    }

    private static Uni<Void> note(UUID id, int received, List<Violation> violations) {
        return run(
                """
                update imports set received = received + ?2, error_count = error_count + ?3,
                    errors = case when jsonb_array_length(errors) >= ?5 then errors else errors || cast(cast(?4 as text) as jsonb) end
                where id = ?1
                """,
                id,
                received,
                violations.size(),
                json(violations.subList(0, Math.min(violations.size(), MOST_VIOLATIONS))),
                MOST_VIOLATIONS);
    }

    private static Uni<Import> read(UUID id, String lock) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("""
                        select id, status, received, applied, created, updated, error_count, cast(errors as text), started_at, finished_at
                        from imports where id = ?1""" + lock, Object[].class)
                        .setParameter(1, id)
                        .getSingleResultOrNull())
                .onItem()
                .ifNull()
                .failWith(() -> new NotFound("No import has this id"))
                .map(Imports::of);
    }

    private static Uni<Void> run(String sql, Object... values) {
        return Panache.getSession()
                .chain(session -> {
                    Mutiny.Query<?> statement = session.createNativeQuery(sql);
                    for (int i = 0; i < values.length; i++) {
                        statement.setParameter(i + 1, values[i]);
                    }
                    return statement.executeUpdate();
                })
                .replaceWithVoid();
    }

    private static Import of(Object[] row) {
        int received = (Integer) row[2];
        int applied = (Integer) row[3];
        return new Import(
                (UUID) row[0],
                (String) row[1],
                received,
                applied,
                received == 0 ? 100 : (int) (100L * applied / received),
                (Integer) row[4],
                (Integer) row[5],
                (Integer) row[6],
                violations((String) row[7]),
                instant(row[8]),
                instant(row[9]));
    }

    private static Instant instant(Object column) {
        return column == null ? null : ((OffsetDateTime) column).toInstant();
    }

    static String json(List<?> rows) {
        try {
            return Json.mapper().writeValueAsString(rows);
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
}
