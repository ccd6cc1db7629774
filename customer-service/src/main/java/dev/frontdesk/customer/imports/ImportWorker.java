package dev.frontdesk.customer.imports;

import dev.frontdesk.customer.ChangedCustomers;
import dev.frontdesk.database.Outage;
import dev.frontdesk.events.CustomerEvent;
import dev.frontdesk.http.Violation;
import dev.frontdesk.outbox.Outbox;
import dev.frontdesk.tenancy.Tenant;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Applies the imports that are complete: each in one transaction, so that a crash leaves nothing half-done and the next
 * round starts over; what the database refuses has failed. How far it is, is written down beside the transaction, for those
 * who wait.
 */
@ApplicationScoped
class ImportWorker {

    private static final Logger LOG = Logger.getLogger(ImportWorker.class);
    private static final int CHUNK = 2_000;

    private final Tenant tenant;
    private final Outbox outbox;
    private final Clock clock;

    ImportWorker(Tenant tenant, Outbox outbox, Clock clock) {
        this.tenant = tenant;
        this.outbox = outbox;
        this.clock = clock;
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> work() {
        return tenant.worker(connection -> connection
                        .query(
                                "select client_id, id, received from imports where status = 'applying' order by started_at")
                        .execute())
                .chain(rows -> Multi.createFrom()
                        .iterable(rows)
                        .onItem()
                        .transformToUniAndConcatenate(this::apply)
                        .onItem()
                        .ignoreAsUni());
    }

    private Uni<Void> apply(Row row) {
        String client = row.getString("client_id");
        UUID id = row.getUUID("id");
        return tenant.sql(
                        client,
                        connection -> lock(connection, id)
                                .chain(mine -> mine
                                        ? apply(connection, client, id, row.getInteger("received"))
                                        : Uni.createFrom().voidItem()))
                .onFailure(e -> e instanceof PgException && !Outage.is(e))
                .recoverWithUni(e -> fail(client, id, (PgException) e))
                // The others do not wait for it.
                .onFailure()
                .recoverWithUni(e -> {
                    LOG.errorf("import %s starts over: %s", id, e.getMessage());
                    return Uni.createFrom().voidItem();
                });
    }

    /** Another instance may be at it, or was until now. */
    private static Uni<Boolean> lock(SqlConnection connection, UUID id) {
        return connection
                .preparedQuery("""
                        select pg_try_advisory_xact_lock(hashtextextended($1::text, 10)) as mine
                        """)
                .execute(Tuple.of(id.toString()))
                .chain(rows -> rows.iterator().next().getBoolean("mine")
                        ? isApplying(connection, id)
                        : Uni.createFrom().item(false));
    }

    /** What its last holder did only a statement after the lock sees. */
    private static Uni<Boolean> isApplying(SqlConnection connection, UUID id) {
        return connection
                .preparedQuery("select id from imports where id = $1 and status = 'applying'")
                .execute(Tuple.of(id))
                .map(rows -> rows.size() == 1);
    }

    /** What the database refuses once it refuses every time. */
    private Uni<Void> fail(String client, UUID id, PgException refused) {
        LOG.errorf("import %s failed: %s %s", id, refused.getSqlState(), refused.getErrorMessage());
        return tenant.sql(
                client,
                connection -> connection
                        .preparedQuery("""
                        with failed as (
                            update imports set status = 'failed', applied = 0, error_count = 1, errors = $2::text::jsonb, finished_at = $3
                            where id = $1 and status = 'applying' returning id
                        )
                        delete from import_rows using failed where import_id = failed.id
                        """)
                        .execute(Tuple.of(
                                id,
                                Imports.json(List.of(new Violation("rows", "one of them cannot be stored"))),
                                clock.instant().atOffset(ZoneOffset.UTC)))
                        .replaceWithVoid());
    }

    private Uni<Void> apply(SqlConnection connection, String client, UUID id, int received) {
        return Multi.createFrom()
                .range(0, (received + CHUNK - 1) / CHUNK)
                .onItem()
                .transformToUniAndConcatenate(chunk -> chunk(connection, id, chunk * CHUNK)
                        .call(() -> tell(client, id, Math.min(received, (chunk + 1) * CHUNK))))
                .collect()
                .in(Totals::new, Totals::add)
                .chain(totals -> finish(connection, id, received, totals));
    }

    private Uni<Totals> chunk(SqlConnection connection, UUID id, int after) {
        return connection
                .preparedQuery("""
                        insert into customers as mine (id, phone, name, name_source, email, notes, tags, address,
                                                       total_bookings, total_calls, last_contact, total_spent)
                        select uuidv7(), row.phone, row.name, 'staff', row.email, row.notes, row.tags, row.address,
                               coalesce(c.total_bookings, 0), coalesce(c.total_calls, 0), c.last_contact, coalesce(c.total_spent, 0)
                        from import_rows row left join phone_counters c on c.phone = row.phone
                        where row.import_id = $1 and row.line > $2 and row.line <= $3
                        on conflict (client_id, phone) do update
                            set name = excluded.name, name_source = 'staff', email = coalesce(excluded.email, mine.email),
                                notes = coalesce(excluded.notes, mine.notes), address = coalesce(excluded.address, mine.address),
                                tags = array(select distinct unnest(mine.tags || excluded.tags)), version = mine.version + 1
                            where mine.merged_into is null and mine.erased_at is null
                        returning old.id is null as is_new, new.*
                        """)
                .execute(Tuple.of(id, after, after + CHUNK))
                .map(rows -> ChangedCustomers.events(rows, clock.instant()))
                .chain(events -> outbox.append(connection, events).replaceWith(Totals.of(events)));
    }

    /** In a transaction of its own, which others see at once. */
    private Uni<Void> tell(String client, UUID id, int applied) {
        return tenant.sql(
                client,
                beside -> beside.preparedQuery("update imports set applied = $2 where id = $1")
                        .execute(Tuple.of(id, applied))
                        .replaceWithVoid());
    }

    private Uni<Void> finish(SqlConnection connection, UUID id, int received, Totals totals) {
        return connection
                .preparedQuery("delete from import_rows where import_id = $1")
                .execute(Tuple.of(id))
                .chain(() -> connection
                        .preparedQuery("""
                                update imports set status = 'done', applied = $2, created = $3, updated = $4, finished_at = $5
                                where id = $1
                                """)
                        .execute(Tuple.of(
                                id,
                                received,
                                totals.created,
                                totals.updated,
                                clock.instant().atOffset(ZoneOffset.UTC))))
                .replaceWithVoid();
    }

    /** How many customers were new, and how many known. */
    private static final class Totals {
        private int created;
        private int updated;

        static Totals of(List<CustomerEvent> events) {
            Totals totals = new Totals();
            totals.created = (int) events.stream()
                    .filter(CustomerEvent.Created.class::isInstance)
                    .count();
            totals.updated = events.size() - totals.created;
            return totals;
        }

        void add(Totals more) {
            created += more.created;
            updated += more.updated;
        }
    }
}
