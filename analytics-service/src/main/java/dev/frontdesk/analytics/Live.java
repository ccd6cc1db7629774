package dev.frontdesk.analytics;

import dev.frontdesk.tenancy.Tenant;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Tells open pages that a number changed, whichever instance counted it: one query per second and client that has a
 * page open, none where nobody looks.
 */
@ApplicationScoped
class Live {

    /** Proxies close what is silent for longer. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final Tenant tenant;
    private final Set<Page> pages = ConcurrentHashMap.newKeySet();

    Live(Tenant tenant) {
        this.tenant = tenant;
    }

    /** The latest change of any day; the first one comes at once, and the same again now and then. */
    public record Change(Instant changedAt) {}

    /** One open page and what it knows. */
    private static final class Page {
        private final String clientId;
        private final MultiEmitter<? super Change> emitter;
        private Instant known = Instant.MIN;
        private Instant toldAt = Instant.MIN;

        Page(String clientId, MultiEmitter<? super Change> emitter) {
            this.clientId = clientId;
            this.emitter = emitter;
        }

        void tell(Instant changedAt, Instant now) {
            if (changedAt.isAfter(known) || toldAt.plus(HEARTBEAT).isBefore(now)) {
                known = changedAt;
                toldAt = now;
                emitter.emit(new Change(changedAt));
            }
        }
    }

    Multi<Change> changes(String clientId) {
        return Multi.createFrom()
                .emitter(
                        emitter -> {
                            Page page = new Page(clientId, emitter);
                            pages.add(page);
                            emitter.onTermination(() -> pages.remove(page));
                        },
                        BackPressureStrategy.LATEST);
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> look() {
        Set<String> clients = pages.stream().map(page -> page.clientId).collect(Collectors.toSet());
        return Multi.createFrom()
                .iterable(clients)
                .onItem()
                .transformToUniAndConcatenate(clientId -> latest(clientId).invoke(at -> tell(clientId, at)))
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Instant> latest(String clientId) {
        return tenant.sql(
                        clientId,
                        connection -> connection
                                .query("select max(updated_at) from analytics where date > current_date - 400")
                                .execute())
                .map(rows -> changedAt(rows.iterator().next()));
    }

    private static Instant changedAt(Row row) {
        return row.getOffsetDateTime(0) == null
                ? Instant.EPOCH
                : row.getOffsetDateTime(0).toInstant();
    }

    private void tell(String clientId, Instant changedAt) {
        Instant now = Instant.now();
        pages.stream().filter(page -> page.clientId.equals(clientId)).forEach(page -> page.tell(changedAt, now));
    }

    /** An open page must not hold up the end of the service, which waits for requests under way. */
    void closePagesOnExit(@Observes StartupEvent started) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> pages.forEach(page -> page.emitter.complete()), "close-live-pages"));
    }
}
