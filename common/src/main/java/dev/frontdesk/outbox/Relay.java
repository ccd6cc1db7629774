package dev.frontdesk.outbox;

import dev.frontdesk.database.VanishedServer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgConnection;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgConnectOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Publishes the outbox: oldest first, in batches, deleting what the broker acknowledged. One relay per database is active,
 * by an advisory lock on a connection of its own; whoever holds the lock works, the others ask again twice a second. It
 * remembers nothing, so a transaction that commits late is published late and never skipped. A crash between the
 * acknowledgement and the delete publishes again; consumers are idempotent.
 *
 * <p>A relay that is paused (SIGSTOP, a stuck node) loses its session after four seconds, and so the lock, to another; it sends
 * only within a second of having seen that the session is its own. What remains: paused in the very moment between that look
 * and the network, it still sends the few events in its hands, maybe after newer ones. Who compares versions does not notice; a
 * compacted topic keeps the older one until the thing changes again.
 */
@ApplicationScoped
public class Relay {

    private static final Logger LOG = Logger.getLogger(Relay.class);
    private static final Duration RETRY = Duration.ofMillis(500);
    /** After this more are worth another batch; the first event after a rest waits for nothing. */
    private static final Duration GATHER = Duration.ofMillis(50);
    /** For so long after a look at the session events may be sent; the {@link Publisher} needs the rest of its four seconds. */
    private static final Duration LEASE = Duration.ofSeconds(1);
    /** Any number will do, as long as every instance of every version of the service uses the same. */
    private static final long LOCK = 0x0f7d_0ff1;

    private final Vertx vertx;
    private final Publisher publisher;
    private final PgConnectOptions options;
    private final int batchSize;
    private final Duration pollInterval;

    private final AtomicBoolean pending = new AtomicBoolean();
    private final AtomicReference<Runnable> sleeper = new AtomicReference<>();
    private volatile Cancellable running;
    private volatile PgConnection connection;

    Relay(
            Vertx vertx,
            Publisher publisher,
            @ConfigProperty(name = "quarkus.datasource.reactive.url") String url,
            @ConfigProperty(name = "quarkus.datasource.username") String user,
            @ConfigProperty(name = "quarkus.datasource.password") String password,
            @ConfigProperty(name = "frontdesk.outbox.batch-size") int batchSize,
            @ConfigProperty(name = "frontdesk.outbox.poll-interval") Duration pollInterval) {
        this.vertx = vertx;
        this.publisher = publisher;
        this.options = VanishedServer.isNoticedBy(PgConnectOptions.fromUri(url.replaceFirst("^vertx-reactive:", "")))
                .setUser(user)
                .setPassword(password)
                .addProperty("application_name", "outbox-relay");
        this.batchSize = batchSize;
        this.pollInterval = pollInterval;
    }

    void start(@Observes StartupEvent started) {
        running = Uni.createFrom()
                .deferred(this::hold)
                .onFailure()
                .invoke(e -> LOG.warnf("outbox relay starts over in %s: %s", RETRY, e.getMessage()))
                .onFailure()
                .recoverWithNull()
                .onItem()
                .delayIt()
                .by(RETRY)
                .repeat()
                .indefinitely()
                .subscribe()
                .with(ignored -> {}, e -> LOG.error("outbox relay stopped", e));
    }

    void stop(@Observes ShutdownEvent stopped) {
        if (running != null) {
            running.cancel();
        }
        if (connection != null) {
            connection.closeAndForget();
        }
    }

    /** There is work, now. */
    void wake() {
        pending.set(true);
        Runnable sleeping = sleeper.getAndSet(null);
        if (sleeping != null) {
            sleeping.run();
        }
    }

    /** There will be work as soon as the transaction at hand commits, which is a moment from now. */
    void wakeSoon() {
        vertx.setTimer(5, id -> wake());
    }

    /** Connects, takes the lock and works until the connection fails; ends at once where another instance has the lock. */
    private Uni<Void> hold() {
        return PgConnection.connect(vertx, options).chain(mine -> {
            connection = mine;
            // The outbox looks small to the planner and is mostly dead rows: only the index skips those.
            return mine.query("""
                            select set_config('app.worker', 'on', false), set_config('synchronous_commit', 'off', false),
                                   set_config('enable_seqscan', 'off', false), set_config('enable_sort', 'off', false),
                                   set_config('idle_session_timeout', '4s', false), pg_try_advisory_lock(%d) as held
                            """.formatted(LOCK))
                    .execute()
                    .map(rows -> rows.iterator().next().getBoolean("held"))
                    .chain(held -> held ? work(mine) : Uni.createFrom().voidItem())
                    .eventually(mine::close);
        });
    }

    private Uni<Void> work(PgConnection mine) {
        Multi<Integer> rounds = Uni.createFrom()
                .deferred(() -> round(mine))
                .call(this::pause)
                .repeat()
                .indefinitely();
        return rounds.onItem().ignoreAsUni();
    }

    /** One batch: read the oldest, publish, delete what was acknowledged. */
    private Uni<Integer> round(PgConnection mine) {
        return mine.preparedQuery("""
                        select id, client_id, aggregatetype, aggregateid, type, payload::text as payload, traceparent, created_at
                        from outbox order by id limit $1
                        """)
                .execute(Tuple.of(batchSize))
                .map(Relay::waiting)
                .chain(batch -> batch.isEmpty()
                        ? Uni.createFrom().item(0)
                        : lease(mine)
                                .chain(lease -> publisher.publish(batch, lease))
                                .call(acknowledged -> delete(mine, acknowledged))
                                .map(List::size));
    }

    /** Until when events may be sent: counted from before the question, so that a pause behind it counts. */
    private static Uni<Long> lease(PgConnection mine) {
        long lease = System.nanoTime() + LEASE.toNanos();
        return mine.query("select 1").execute().replaceWith(lease);
    }

    private static List<Waiting> waiting(RowSet<Row> rows) {
        List<Waiting> batch = new ArrayList<>(rows.size());
        for (Row row : rows) {
            batch.add(new Waiting(
                    row.getUUID(0),
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6),
                    row.getOffsetDateTime(7).toInstant()));
        }
        return batch;
    }

    private static Uni<Void> delete(PgConnection mine, List<UUID> acknowledged) {
        return mine.preparedQuery("delete from outbox where id = any($1)")
                .execute(Tuple.of(acknowledged.toArray(UUID[]::new)))
                .replaceWithVoid();
    }

    /** Behind a full batch there are more; behind a small one others gather, so that a busy outbox is not asked for every row. */
    private Uni<Void> pause(int published) {
        if (published == 0) {
            return rest();
        }
        Uni<Void> next = Uni.createFrom().voidItem();
        return published == batchSize ? next : next.onItem().delayIt().by(GATHER);
    }

    /** Until woken, or the poll interval has passed: another instance's commits wake nobody here. */
    private Uni<Void> rest() {
        return Uni.createFrom().emitter(emitter -> {
            long timer = vertx.setTimer(pollInterval.toMillis(), id -> wake());
            sleeper.set(() -> {
                vertx.cancelTimer(timer);
                pending.set(false);
                emitter.complete(null);
            });
            if (pending.get()) {
                wake();
            }
        });
    }

    /** One row of the outbox. */
    record Waiting(
            UUID id,
            String clientId,
            String aggregateType,
            String aggregateId,
            String type,
            String payload,
            String traceparent,
            Instant createdAt) {}
}
