package dev.frontdesk.sms;

import dev.frontdesk.tenancy.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * A queue worked off in lanes, each going its own rounds: what keeps one waiting holds up no other. One wakes when there is work,
 * and the next only when that one has found some: a single text costs one claim, and not one for every lane.
 */
public final class Lanes {

    private static final Logger LOG = Logger.getLogger(Lanes.class);

    private final Vertx vertx;
    private final String name;
    private final int visit;
    private final Function<String, Uni<Boolean>> step;
    private final List<Rounds> lanes;
    private volatile long timer = -1;

    /**
     * @param kind as of {@link Rounds#byClient}
     * @param count lanes
     * @param visit steps of one client in a lane before the next client has its turn
     * @param claim claims some of the client's work; null when there is none, else what is to be done about it
     */
    public Lanes(
            Vertx vertx,
            Tenant tenant,
            String name,
            String kind,
            int count,
            int visit,
            Function<String, Uni<Uni<Void>>> claim) {
        this.vertx = vertx;
        this.name = name;
        this.visit = visit;
        this.step = clientId -> claim.apply(clientId).chain(work -> {
            if (work == null) {
                return Uni.createFrom().item(false);
            }
            wake();
            return work.replaceWith(true);
        });
        this.lanes = Stream.generate(() -> Rounds.byClient(vertx, tenant, name, kind, this::visit))
                .limit(count)
                .toList();
    }

    public void start(Duration every) {
        lanes.forEach(Rounds::open);
        timer = vertx.setPeriodic(every.toMillis(), id -> wake());
    }

    public void stop() {
        vertx.cancelTimer(timer);
        lanes.forEach(Rounds::stop);
    }

    /** There is work, for the first lane that rests; where none does, for whichever is done first. */
    public void wake() {
        if (lanes.stream().noneMatch(Rounds::wakeIfResting)) {
            lanes.forEach(Rounds::wake);
        }
    }

    /** There will be work as soon as the transaction at hand commits, which is a moment from now. */
    public void wakeSoon() {
        vertx.setTimer(10, id -> wake());
    }

    /** Ends by itself when it fails: the client's turn is over. */
    private Uni<Boolean> visit(String clientId) {
        AtomicInteger left = new AtomicInteger(visit);
        return Uni.createFrom()
                .deferred(() -> step.apply(clientId))
                .onFailure()
                .invoke(e -> LOG.warnf("%s, %s: %s", clientId, name, e.getMessage()))
                .onFailure()
                .recoverWithItem(false)
                .repeat()
                .whilst(found -> found && left.decrementAndGet() > 0)
                .collect()
                .last();
    }
}
