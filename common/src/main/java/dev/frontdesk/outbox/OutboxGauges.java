package dev.frontdesk.outbox;

import dev.frontdesk.tenancy.Tenant;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

/** {@code frontdesk_outbox_depth} (events) and {@code frontdesk_outbox_age} (seconds of the oldest): 0 and 0 when all is well. */
@ApplicationScoped
class OutboxGauges {

    private final Tenant tenant;
    private volatile double depth;
    private volatile double age;

    OutboxGauges(Tenant tenant, MeterRegistry metrics) {
        this.tenant = tenant;
        metrics.gauge("frontdesk_outbox_depth", this, it -> it.depth);
        metrics.gauge("frontdesk_outbox_age_seconds", this, it -> it.age);
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> measure() {
        return tenant.worker(connection -> connection.query("""
                                select count(*) as depth,
                                       coalesce(extract(epoch from now() - min(created_at)), 0)::float8 as age
                                from outbox
                                """).execute())
                .invoke(rows -> {
                    Row row = rows.iterator().next();
                    depth = row.getLong("depth");
                    age = row.getDouble("age");
                })
                .replaceWithVoid();
    }
}
