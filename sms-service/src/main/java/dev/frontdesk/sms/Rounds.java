package dev.frontdesk.sms;

import dev.frontdesk.tenancy.Tenant;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Background work in rounds: every so often, each round on a context of its own, never two at a time in this process. Other instances run theirs; the database shares the work out.
 */
public final class Rounds {

    private static final Logger LOG = Logger.getLogger(Rounds.class);

    /** The distinct clients by jumping from one to the next in the index, however many texts each has. */
    private static final String CLIENTS = """
            with recursive found as (
                (select client_id from sms_messages where %1$s order by client_id limit 1)
                union all
                select (select m.client_id from sms_messages m where %1$s and m.client_id > found.client_id
                        order by m.client_id limit 1)
                from found where found.client_id is not null)
            select client_id from found where client_id is not null
            """;

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

    /**
     * A round that visits every client with a text of that kind, one after the other.
     *
     * @param kind a condition on {@code sms_messages} that a partial index starting with {@code client_id} serves
     * @param visit does some of the client's work
     */
    public static Rounds byClient(
            Vertx vertx, Tenant tenant, String name, String kind, Function<String, Uni<Void>> visit) {
        String clients = CLIENTS.formatted(kind);
        return new Rounds(
                vertx,
                name,
                () -> tenant.worker(connection -> connection.query(clients).execute())
                        .onItem()
                        .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                        .onItem()
                        .transformToUniAndConcatenate(row -> visit.apply(row.getString(0)))
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

    /** Runs it as a request runs: on a duplicated context, which nobody else uses. */
    static void onAContextOfItsOwn(Vertx vertx, Runnable work) {
        Context context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        VertxContextSafetyToggle.setContextSafe(context, true);
        context.runOnContext(ignored -> work.run());
    }

    private void wake() {
        pending.set(true);
        if (!stopped && running.compareAndSet(false, true)) {
            onAContextOfItsOwn(vertx, this::run);
        }
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
