package dev.frontdesk.tenancy;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The client this request or event belongs to, and the only way to open a transaction: every transaction binds
 * {@code app.client_id} first, which row level security compares. Nothing bound means no rows and no writes.
 */
@ApplicationScoped
public class Tenant {

    private static final String CLIENT = "frontdesk.client";
    private static final String BOUND = "frontdesk.bound";
    private static final String STAFF = "frontdesk.staff";
    private static final String SHARED = "frontdesk.shared";

    /** The transaction that {@link #together} holds open. */
    private record Shared(String clientId, SqlConnection connection) {}

    private final Pool pool;

    Tenant(Pool pool) {
        this.pool = pool;
    }

    /** The current {@code client_id}. */
    public String id() {
        return ContextLocals.<String>get(CLIENT)
                .orElseThrow(() -> new IllegalStateException("No client is bound to this request or event"));
    }

    /** Everything that follows in this request or event is the client's. */
    public void enter(String clientId) {
        ContextLocals.put(CLIENT, clientId);
    }

    /** As {@link #enter(String)}, on behalf of a person whose changes the database notes in {@code staff_changes}. */
    public void enter(String clientId, String staff) {
        enter(clientId);
        ContextLocals.put(STAFF, staff);
    }

    /** Runs Panache work in one transaction of the current client; a nested call joins the outer transaction. */
    public <T> Uni<T> transaction(Supplier<Uni<T>> work) {
        String clientId = id();
        String bound = ContextLocals.<String>get(BOUND).orElse(null);
        if (clientId.equals(bound)) {
            return Panache.withTransaction(work);
        }
        if (bound != null) {
            return Uni.createFrom().failure(new IllegalStateException("A transaction belongs to one client"));
        }
        if (shared() != null) {
            return Uni.createFrom().failure(new IllegalStateException("This request's transaction is not Panache's"));
        }
        ContextLocals.put(BOUND, clientId);
        return toItsEnd(Panache.withTransaction(() -> bind(clientId).chain(() -> work.get()))
                .onTermination()
                .invoke(() -> ContextLocals.remove(BOUND)));
    }

    /** As {@link #transaction(Supplier)}, for an event of the client given. */
    public <T> Uni<T> transaction(String clientId, Supplier<Uni<T>> work) {
        enter(clientId);
        return transaction(work);
    }

    /** Runs SQL in one transaction of the client given, without Hibernate; for hot paths of more than one statement. */
    public <T> Uni<T> sql(String clientId, Function<SqlConnection, Uni<T>> work) {
        return sql(clientId, "auto", work);
    }

    /**
     * As {@link #sql}, for large statements that find rows by their keys alone: planned once per connection, for that takes longer
     * than running them.
     */
    public <T> Uni<T> planned(String clientId, Function<SqlConnection, Uni<T>> work) {
        return sql(clientId, "force_generic_plan", work);
    }

    /** As {@link #sql}, of the current client; the {@code sql} and {@code planned} inside of it join it: one transaction for all. */
    public <T> Uni<T> together(Function<SqlConnection, Uni<T>> work) {
        String clientId = id();
        return sql(clientId, connection -> {
            ContextLocals.put(SHARED, new Shared(clientId, connection));
            return work.apply(connection).onTermination().invoke(() -> ContextLocals.remove(SHARED));
        });
    }

    /** For one statement that binds its client itself: runs in the transaction that {@link #together} opened, or in its own. */
    public SqlClient client() {
        Shared shared = shared();
        return shared == null ? pool : shared.connection();
    }

    private <T> Uni<T> sql(String clientId, String plans, Function<SqlConnection, Uni<T>> work) {
        Shared shared = shared();
        if (shared != null) {
            return shared.clientId().equals(clientId)
                    ? Uni.createFrom().deferred(() -> work.apply(shared.connection()))
                    : Uni.createFrom().failure(new IllegalStateException("A transaction belongs to one client"));
        }
        return toItsEnd(pool.withTransaction(connection -> connection
                .preparedQuery("""
                        select set_config('app.client_id', $1, true), set_config('app.staff', $2, true),
                               set_config('plan_cache_mode', $3, true)
                        """)
                .execute(Tuple.of(clientId, staff(), plans))
                .chain(() -> work.apply(connection))));
    }

    /**
     * Looks for work across clients: row level security lets a worker see the rows of the tables that allow it, and
     * change none of them (but delete from the outbox).
     */
    public <T> Uni<T> worker(Function<SqlConnection, Uni<T>> work) {
        return toItsEnd(pool.withTransaction(connection -> connection
                .query("select set_config('app.worker', 'on', true)")
                .execute()
                .chain(() -> work.apply(connection))));
    }

    /**
     * Whoever waits may leave (a client that hangs up in the middle of an export, a time-out): the transaction goes on to its
     * commit all the same, for a cancelled one keeps its connection for ever.
     */
    private static <T> Uni<T> toItsEnd(Uni<T> transaction) {
        // What is memoized is not cancelled with its subscriber; deferred, so that a retry is a new transaction.
        return Uni.createFrom().deferred(() -> transaction.memoize().indefinitely());
    }

    private static Uni<Void> bind(String clientId) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "select set_config('app.client_id', ?1, true) || set_config('app.staff', ?2, true)",
                                String.class)
                        .setParameter(1, clientId)
                        .setParameter(2, staff())
                        .getSingleResult())
                .replaceWithVoid();
    }

    private static Shared shared() {
        return VertxContext.isOnDuplicatedContext()
                ? ContextLocals.<Shared>get(SHARED).orElse(null)
                : null;
    }

    /** Nobody where there is no request: a service starts and sweeps on contexts without locals. */
    private static String staff() {
        return VertxContext.isOnDuplicatedContext()
                ? ContextLocals.<String>get(STAFF).orElse("")
                : "";
    }
}
