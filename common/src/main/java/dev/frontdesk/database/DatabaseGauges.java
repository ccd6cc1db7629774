package dev.frontdesk.database;

import dev.frontdesk.tenancy.Tenant;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The five numbers the seed's author watches, of this service's database: table sizes, query performance, index usage,
 * connections and cache hit ratio, as {@code frontdesk_database_*}. Times come from {@code pg_stat_statements} where the
 * server has loaded it, else from {@code pg_stat_database}. What counts up counts since the server's statistics were reset.
 */
@ApplicationScoped
class DatabaseGauges {

    private static final String TABLES = """
            select t.relname as "table", 'bytes' as what, pg_total_relation_size(t.relid)::float8 as value from pg_stat_user_tables t
            union all select relname, 'rows', n_live_tup from pg_stat_user_tables
            union all select relname, 'dead_rows', n_dead_tup from pg_stat_user_tables
            union all select relname, 'index_scans', coalesce(idx_scan, 0) from pg_stat_user_tables
            union all select relname, 'sequential_scans', seq_scan from pg_stat_user_tables
            """;

    private static final String CONNECTIONS = """
            select coalesce(state, 'hidden') as state, count(*)::float8 as value from pg_stat_activity
            where datname = current_database() and backend_type = 'client backend' group by 1
            union all select 'limit', current_setting('max_connections')::float8
            """;

    private static final String WHOLE = """
            select blks_hit / greatest(blks_hit + blks_read, 1)::float8 as cache_hit_ratio,
                   xact_commit::float8 as commits, xact_rollback::float8 as rollbacks, deadlocks::float8 as deadlocks,
                   (select count(*) from pg_stat_user_indexes i join pg_index using (indexrelid)
                    where idx_scan = 0 and not indisunique)::float8 as unused_indexes,
                   pg_database_size(datname)::float8 as size_bytes,
                   current_setting('pg_stat_statements.max', true) is not null
                       and to_regclass('pg_stat_statements') is not null as has_statements
            from pg_stat_database where datname = current_database()
            """;

    private static final String STATEMENTS = """
            select coalesce(sum(calls), 0)::float8 as queries, coalesce(sum(total_exec_time), 0) / 1000 as query_seconds,
                   coalesce(max(mean_exec_time) filter (where calls >= 10), 0) / 1000 as slowest_query_mean_seconds
            from pg_stat_statements where dbid = (select oid from pg_database where datname = current_database())
            """;

    private static final String SESSIONS = """
            select (xact_commit + xact_rollback)::float8 as queries, active_time / 1000 as query_seconds
            from pg_stat_database where datname = current_database()
            """;

    private final Tenant tenant;
    private final MeterRegistry metrics;
    private final Map<String, MultiGauge> gauges = new LinkedHashMap<>();

    DatabaseGauges(Tenant tenant, MeterRegistry metrics) {
        this.tenant = tenant;
        this.metrics = metrics;
    }

    @Scheduled(every = "{frontdesk.database-gauges.every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> measure() {
        return tenant.worker(connection -> rows(connection, TABLES)
                .invoke(this::showTables)
                .chain(() -> rows(connection, CONNECTIONS))
                .invoke(this::showConnections)
                .chain(() -> rows(connection, WHOLE))
                .map(rows -> rows.iterator().next())
                .invoke(this::showColumns)
                .chain(whole -> rows(connection, whole.getBoolean("has_statements") ? STATEMENTS : SESSIONS))
                .invoke(rows -> showColumns(rows.iterator().next()))
                .replaceWithVoid());
    }

    private static Uni<RowSet<Row>> rows(SqlConnection connection, String sql) {
        return connection.query(sql).execute();
    }

    private void showTables(RowSet<Row> rows) {
        Map<String, List<MultiGauge.Row<?>>> byName = new LinkedHashMap<>();
        for (Row row : rows) {
            byName.computeIfAbsent("table_" + row.getString("what"), name -> new ArrayList<>())
                    .add(MultiGauge.Row.of(Tags.of("table", row.getString("table")), row.getDouble("value")));
        }
        byName.forEach(this::show);
    }

    private void showConnections(RowSet<Row> rows) {
        List<MultiGauge.Row<?>> states = new ArrayList<>();
        for (Row row : rows) {
            states.add(MultiGauge.Row.of(Tags.of("state", row.getString("state")), row.getDouble("value")));
        }
        show("connections", states);
    }

    /** Every number of a row under the name of its column. */
    private void showColumns(Row row) {
        for (int i = 0; i < row.size(); i++) {
            if (row.getValue(i) instanceof Number number) {
                show(row.getColumnName(i), List.of(MultiGauge.Row.of(Tags.empty(), number.doubleValue())));
            }
        }
    }

    private void show(String name, List<MultiGauge.Row<?>> rows) {
        gauges.computeIfAbsent(
                        name,
                        it -> MultiGauge.builder("frontdesk_database_" + it).register(metrics))
                .register(rows, true);
    }
}
