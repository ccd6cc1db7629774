package dev.frontdesk.security;

import dev.frontdesk.tenancy.Tenant;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Forgets who of the staff changed what, after three years; the database lets nobody do so before. */
@ApplicationScoped
class StaffChanges {

    private final Tenant tenant;

    StaffChanges(Tenant tenant) {
        this.tenant = tenant;
    }

    @Scheduled(every = "12h", delayed = "10m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> forgetTheOld() {
        return tenant.worker(connection -> connection
                        .query("delete from staff_changes where changed_at < now() - interval '3 years'")
                        .execute())
                .replaceWithVoid();
    }
}
