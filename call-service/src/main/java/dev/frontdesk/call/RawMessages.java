package dev.frontdesk.call;

import dev.frontdesk.settings.Clients;
import dev.frontdesk.tenancy.Tenant;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Empties raw provider messages after their time; their keys stay, so that a replay stays a duplicate. */
@ApplicationScoped
class RawMessages {

    private final Tenant tenant;
    private final Clients clients;
    private final Duration retention;

    RawMessages(
            Tenant tenant,
            Clients clients,
            @ConfigProperty(name = "frontdesk.calls.raw-retention") Duration retention) {
        this.tenant = tenant;
        this.clients = clients;
        this.retention = retention;
    }

    @Scheduled(every = "1h", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> forget() {
        return Multi.createFrom()
                .iterable(clients.all().keySet())
                .onItem()
                .transformToUniAndConcatenate(this::forget)
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> forget(String clientId) {
        return tenant.sql(
                clientId,
                connection -> connection
                        .preparedQuery("""
                        update call_events set body = null where id in (
                            select id from call_events
                            where body is not null and received_at < now() - make_interval(secs => $1) limit 5000)
                        """)
                        .execute(Tuple.of((double) retention.toSeconds()))
                        .replaceWithVoid());
    }
}
