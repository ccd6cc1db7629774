package dev.frontdesk.call;

import dev.frontdesk.outbox.Outbox;
import dev.frontdesk.tenancy.Trace;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The calls of a client as deliveries make them: one row per call, whatever comes, in whatever order. */
@ApplicationScoped
public class Calls {

    /** What a delivery came to: {@code recorded, ignored, conflict, duplicate} or {@code unknown-call} (then without id). */
    public record Recorded(UUID callId, String outcome) {}

    private final Pool pool;
    private final Outbox outbox;
    private final MeterRegistry metrics;
    private final String stuckAfter;

    Calls(
            Pool pool,
            Outbox outbox,
            MeterRegistry metrics,
            @ConfigProperty(name = "frontdesk.calls.stuck-after") Duration stuckAfter) {
        this.pool = pool;
        this.outbox = outbox;
        this.metrics = metrics;
        this.stuckAfter = stuckAfter.toString();
    }

    /**
     * Makes a delivery part of its call; state, raw message and event commit together. One statement, one round trip: the
     * function binds the client itself.
     *
     * @param raw the provider's message, secrets stripped
     */
    public Uni<Recorded> record(String clientId, CallFacts facts, String raw) {
        facts.json().put("stuck_after", stuckAfter);
        return pool.preparedQuery("select call_id, outcome from record_call($1, $2, $3, $4)")
                .execute(Tuple.of(clientId, facts.json(), raw, Trace.parent()))
                .map(rows -> recorded(rows.iterator().next()))
                .invoke(it -> count(facts, it));
    }

    private static Recorded recorded(Row row) {
        return new Recorded(row.getUUID(0), row.getString(1));
    }

    private void count(CallFacts facts, Recorded recorded) {
        metrics.counter(
                        "frontdesk_webhooks",
                        "provider", facts.json().getString("provider"),
                        "kind", facts.json().getString("kind"),
                        "outcome", recorded.outcome())
                .increment();
        if (recorded.outcome().equals("recorded") || recorded.outcome().equals("conflict")) {
            outbox.wake();
        }
    }
}
