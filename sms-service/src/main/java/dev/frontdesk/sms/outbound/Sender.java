package dev.frontdesk.sms.outbound;

import static dev.frontdesk.sms.outbound.OutboundTexts.utc;

import dev.frontdesk.sms.Lanes;
import dev.frontdesk.tenancy.Tenant;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Works the queue off: claims one due text at a time (SKIP LOCKED, oldest first per number), so that a crash leaves no more than
 * what was being posted in doubt, and hands it over. Several instances may run.
 */
@ApplicationScoped
public class Sender {

    /** Posts under way at once per instance; each holds a connection, so that an opt-out can wait for it. */
    private static final int LANES = 4;
    /** Texts of one client per lane before the next client has its turn. */
    private static final int VISIT = 25;

    private final Pool pool;
    private final HandOver handOver;
    private final Clock clock;
    private final Duration interval;
    private final Lanes<Claimed> lanes;

    Sender(
            Vertx vertx,
            Pool pool,
            Tenant tenant,
            HandOver handOver,
            Clock clock,
            @ConfigProperty(name = "frontdesk.sms.queue.interval") Duration interval) {
        this.pool = pool;
        this.handOver = handOver;
        this.clock = clock;
        this.interval = interval;
        this.lanes = new Lanes<>(
                vertx, tenant, "sending texts", "handover is not null", LANES, VISIT, this::claim, this::deliver);
    }

    void start(@Observes StartupEvent started) {
        lanes.start(interval);
    }

    void stop(@Observes ShutdownEvent stopped) {
        lanes.stop();
    }

    /** A text of the client's was queued by a transaction that is about to commit. */
    public void wakeSoon(String clientId) {
        lanes.wakeSoon(clientId);
    }

    private Uni<List<Claimed>> claim(String clientId) {
        return pool.preparedQuery("select " + Claimed.COLUMNS + " from claim_text($1, $2)")
                .execute(Tuple.of(clientId, utc(clock.instant())))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(Claimed::of)
                        .toList());
    }

    private Uni<Void> deliver(String clientId, List<Claimed> texts) {
        return handOver.deliver(texts.get(0));
    }
}
