package dev.frontdesk.customer.privacy;

import dev.frontdesk.tenancy.Tenant;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** How many erasures some service has not acknowledged, and for how long: promised are 60 seconds. */
@ApplicationScoped
class OpenErasures {

    private final Tenant tenant;
    private volatile long open;
    private volatile double oldestSeconds;

    OpenErasures(Tenant tenant, MeterRegistry metrics) {
        this.tenant = tenant;
        metrics.gauge("frontdesk_erasures_open", this, it -> it.open);
        metrics.gauge("frontdesk_erasures_open_age_seconds", this, it -> it.oldestSeconds);
    }

    @Scheduled(every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> measure() {
        return tenant.worker(connection -> connection.query("""
                                select count(*) as open,
                                       coalesce(extract(epoch from now() - min(requested_at)), 0)::float8 as oldest
                                from erasures where completed_at is null
                                """).execute())
                .map(rows -> rows.iterator().next())
                .invoke(row -> {
                    open = row.getLong("open");
                    oldestSeconds = row.getDouble("oldest");
                })
                .replaceWithVoid();
    }
}
