package dev.frontdesk.sms;

import dev.frontdesk.tenancy.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * A queue worked off in lanes: what keeps one waiting holds up no other. A lane visits the client that has waited longest; when it
 * finds work there, the next lane comes along. Every so often all clients with work are looked up, for what falls due and for what
 * other instances committed.
 *
 * @param <T> what is claimed
 */
public final class Lanes<T> {

    private static final Logger LOG = Logger.getLogger(Lanes.class);

    private final Vertx vertx;
    private final String name;
    private final int count;
    private final int visit;
    private final Function<String, Uni<List<T>>> claim;
    private final BiFunction<String, List<T>, Uni<Void>> work;
    private final Rounds lookUp;
    /** Clients that nobody has visited since they were said to have work; guards the two below. */
    private final Set<String> waiting = new LinkedHashSet<>();

    private int busy;
    private boolean stopped = true;

    /**
     * @param kind as of {@link Rounds#byClient}
     * @param count lanes
     * @param visit claims of one client in a lane before the next client has its turn
     * @param claim takes some of the client's work, so that nobody else does it; nothing where there is none
     * @param work does it
     */
    public Lanes(
            Vertx vertx,
            Tenant tenant,
            String name,
            String kind,
            int count,
            int visit,
            Function<String, Uni<List<T>>> claim,
            BiFunction<String, List<T>, Uni<Void>> work) {
        this.vertx = vertx;
        this.name = name;
        this.count = count;
        this.visit = visit;
        this.claim = claim;
        this.work = work;
        this.lookUp = Rounds.byClient(vertx, tenant, name, kind, clientId -> {
            wake(clientId);
            return Uni.createFrom().voidItem();
        });
    }

    public void start(Duration every) {
        synchronized (waiting) {
            stopped = false;
        }
        lookUp.start(every);
    }

    public void stop() {
        lookUp.stop();
        synchronized (waiting) {
            stopped = true;
        }
    }

    /** The client has work, for the first lane that rests; where none does, for whichever is done first. */
    public void wake(String clientId) {
        synchronized (waiting) {
            waiting.add(clientId);
            if (stopped || busy == count) {
                return;
            }
            busy++;
        }
        Rounds.onAContextOfItsOwn(vertx, this::next);
    }

    /** The client will have work as soon as the transaction at hand commits, which is a moment from now. */
    public void wakeSoon(String clientId) {
        vertx.setTimer(10, id -> wake(clientId));
    }

    private void next() {
        String clientId = longestWaiting();
        if (clientId != null) {
            visit(clientId).subscribe().with(more -> {
                if (more) {
                    wake(clientId);
                }
                next();
            });
        }
    }

    /** Null when the lane may rest. */
    private String longestWaiting() {
        synchronized (waiting) {
            if (stopped || waiting.isEmpty()) {
                busy--;
                return null;
            }
            String clientId = waiting.iterator().next();
            waiting.remove(clientId);
            return clientId;
        }
    }

    /** Answers whether there may be more; what fails ends the visit. */
    private Uni<Boolean> visit(String clientId) {
        AtomicInteger left = new AtomicInteger(visit);
        return Uni.createFrom()
                .deferred(() -> step(clientId))
                .onFailure()
                .invoke(e -> LOG.warnf("%s, %s: %s", clientId, name, e.getMessage()))
                .onFailure()
                .recoverWithItem(false)
                .repeat()
                .whilst(found -> found && left.decrementAndGet() > 0)
                .collect()
                .last();
    }

    private Uni<Boolean> step(String clientId) {
        return claim.apply(clientId).chain(claimed -> {
            if (claimed.isEmpty()) {
                return Uni.createFrom().item(false);
            }
            wake(clientId);
            return work.apply(clientId, claimed).replaceWith(true);
        });
    }
}
