package dev.frontdesk.sms;

import dev.frontdesk.tenancy.Tenant;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Background work in rounds: at once when woken and every so often in any case, each round on a context of its own, never two
 * at a time in this process. Other instances run theirs; the database shares the work out.
 */
public final class Rounds {

    private static final Logger LOG = Logger.getLogger(Rounds.class);

    private final Vertx vertx;
    private final String name;
    private final Supplier<Uni<Void>> round;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean pending = new AtomicBoolean();
    private volatile long timer = -1;
    private volatile boolean stopped = true;

    private Rounds(Vertx vertx, String name, Supplier<Uni<Void>> round) {
        this.vertx = vertx;
        this.name = name;
        this.round = round;
    }

    /** A round that asks, across clients, who has work due, and does it client by client. */
    public static Rounds byClient(
            Vertx vertx,
            Tenant tenant,
            String name,
            Function<SqlConnection, Uni<RowSet<Row>>> due,
            Function<String, Uni<Void>> work) {
        return new Rounds(
                vertx,
                name,
                () -> tenant.worker(due)
                        .onItem()
                        .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                        .onItem()
                        .transformToUniAndConcatenate(row -> work.apply(row.getString("client_id")))
                        .onItem()
                        .ignoreAsUni());
    }

    public void start(Duration every) {
        stopped = false;
        timer = vertx.setPeriodic(every.toMillis(), id -> wake());
    }

    public void stop() {
        stopped = true;
        vertx.cancelTimer(timer);
    }

    /** There is work. */
    public void wake() {
        pending.set(true);
        if (!stopped && running.compareAndSet(false, true)) {
            Context context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
            VertxContextSafetyToggle.setContextSafe(context, true);
            context.runOnContext(ignored -> run());
        }
    }

    /** There will be work as soon as the transaction at hand commits, which is a moment from now. */
    public void wakeSoon() {
        vertx.setTimer(10, id -> wake());
    }

    private void run() {
        pending.set(false);
        Uni.createFrom().<Void>deferred(round::get).subscribe().with(done -> rest(), e -> {
            LOG.warnf("%s starts over: %s", name, e.getMessage());
            pending.set(false);
            rest();
        });
    }

    private void rest() {
        running.set(false);
        if (pending.get()) {
            wake();
        }
    }
}
