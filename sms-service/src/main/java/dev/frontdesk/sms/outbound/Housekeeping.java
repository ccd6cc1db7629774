package dev.frontdesk.sms.outbound;

import static dev.frontdesk.sms.outbound.OutboundTexts.utc;

import dev.frontdesk.settings.Clients;
import dev.frontdesk.tenancy.Tenant;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/**
 * {@code frontdesk_sms_queue_depth} and {@code frontdesk_sms_queue_age_seconds} of texts that are due and not handed over, and
 * {@code frontdesk_sms_uncertain}: 0, 0 and 0 when all is well. Clears away counts and reports nobody will ask for again.
 */
@ApplicationScoped
class Housekeeping {

    private final Tenant tenant;
    private final Clients clients;
    private final Clock clock;
    private volatile double depth;
    private volatile double age;
    private volatile double uncertain;

    Housekeeping(Tenant tenant, Clients clients, Clock clock, MeterRegistry metrics) {
        this.tenant = tenant;
        this.clients = clients;
        this.clock = clock;
        metrics.gauge("frontdesk_sms_queue_depth", this, it -> it.depth);
        metrics.gauge("frontdesk_sms_queue_age_seconds", this, it -> it.age);
        metrics.gauge("frontdesk_sms_uncertain", this, it -> it.uncertain);
    }

    @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> measure() {
        return tenant.worker(connection -> connection.preparedQuery("""
                                select count(*) filter (where handover = 'waiting' and due_at <= $1) as depth,
                                       coalesce(extract(epoch from $1 - min(due_at)
                                           filter (where handover = 'waiting' and due_at <= $1)), 0)::float8 as age,
                                       count(*) filter (where handover = 'uncertain') as uncertain
                                from sms_messages where handover is not null
                                """).execute(Tuple.of(utc(clock.instant()))))
                .invoke(rows -> {
                    Row row = rows.iterator().next();
                    depth = row.getLong("depth");
                    age = row.getDouble("age");
                    uncertain = row.getLong("uncertain");
                })
                .replaceWithVoid();
    }

    @Scheduled(every = "1h", delayed = "5m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> clear() {
        return Multi.createFrom()
                .iterable(clients.all().keySet())
                .onItem()
                .transformToUniAndConcatenate(clientId -> tenant.sql(clientId, Housekeeping::clear))
                .onItem()
                .ignoreAsUni();
    }

    private static Uni<Void> clear(SqlConnection connection) {
        return connection
                .query("delete from send_counters where window_start < now() - interval '2 days'")
                .execute()
                .chain(() -> connection
                        .query("delete from delivery_reports where created_at < now() - interval '30 days'")
                        .execute())
                .chain(() -> connection
                        .query("delete from slot_offers where created_at < now() - interval '1 day'")
                        .execute())
                .replaceWithVoid();
    }
}
