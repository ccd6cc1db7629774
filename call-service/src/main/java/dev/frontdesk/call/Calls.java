package dev.frontdesk.call;

import dev.frontdesk.http.Cursor;
import dev.frontdesk.http.MergePatch;
import dev.frontdesk.http.NotFound;
import dev.frontdesk.http.Page;
import dev.frontdesk.outbox.Outbox;
import dev.frontdesk.tenancy.Tenant;
import dev.frontdesk.tenancy.Trace;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.validation.Validator;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The calls of a client: one row per call, whatever is delivered, in whatever order; and what staff do with them. */
@ApplicationScoped
public class Calls implements PanacheRepositoryBase<Call, UUID> {

    /** What a delivery came to: {@code recorded, ignored, conflict, duplicate} or {@code unknown-call} (then without id). */
    public record Recorded(UUID callId, String outcome) {}

    private static final int PAGE = 200;

    private final Tenant tenant;
    private final Outbox outbox;
    private final Validator validator;
    private final Clock clock;
    private final MeterRegistry metrics;
    private final String stuckAfter;

    Calls(
            Tenant tenant,
            Outbox outbox,
            Validator validator,
            Clock clock,
            MeterRegistry metrics,
            @ConfigProperty(name = "frontdesk.calls.stuck-after") Duration stuckAfter) {
        this.tenant = tenant;
        this.outbox = outbox;
        this.validator = validator;
        this.clock = clock;
        this.metrics = metrics;
        this.stuckAfter = stuckAfter.toString();
    }

    /**
     * Makes a delivery part of its call; state, raw message and event commit together. One statement, one round trip: the
     * function binds the client itself. Where another delivery has just claimed an id of the call it is done again, and then
     * finds that one's row.
     *
     * @param raw the provider's message, secrets stripped
     */
    public Uni<Recorded> record(String clientId, CallFacts facts, String raw) {
        facts.json().put("stuck_after", stuckAfter);
        return tenant.client()
                .preparedQuery("select call_id, outcome from record_call($1, $2, $3, $4)")
                .execute(Tuple.of(clientId, facts.json(), raw, Trace.parent()))
                .onFailure(Calls::isClaimed)
                .retry()
                .atMost(2)
                .map(rows -> recorded(rows.iterator().next()))
                .invoke(it -> count(facts, it));
    }

    /** A page of calls, newest first. */
    Uni<Page<CallView>> list(String clientId, CallList list) {
        return tenant.sql(
                        clientId,
                        connection -> connection.preparedQuery(list.sql()).execute(list.values()))
                .map(Calls::views)
                .map(rows -> Page.of(rows, list.limit(), call -> new Cursor(call.createdAt(), call.id())));
    }

    /** All calls of a list, read in pages of their own transactions: a slow reader holds nothing. */
    Multi<CallView> stream(String clientId, CallList list) {
        return Multi.createBy()
                .repeating()
                .uni(
                        AtomicReference<Cursor>::new,
                        last -> list(clientId, list.page(Optional.ofNullable(last.get()), PAGE))
                                .invoke(page ->
                                        last.set(page.nextCursor() == null ? null : Cursor.decode(page.nextCursor()))))
                .whilst(page -> page.nextCursor() != null)
                .onItem()
                .transformToIterable(Page::items);
    }

    /** One call, with its transcript; 404 for a call that is not there or another client's. */
    Uni<CallView.Full> get(String clientId, UUID id) {
        return tenant.sql(
                        clientId,
                        connection -> connection
                                .preparedQuery("select " + CallView.COLUMNS + ", transcript from calls where id = $1")
                                .execute(Tuple.of(id)))
                .map(rows -> {
                    if (rows.size() == 0) {
                        throw unknown();
                    }
                    return CallView.Full.of(rows.iterator().next());
                });
    }

    /** Staff write notes or correct a provider. */
    Uni<Void> annotate(UUID id, MergePatch patch, String ifMatch) {
        return tenant.transaction(() -> findById(id, LockModeType.PESSIMISTIC_WRITE)
                .onItem()
                .ifNull()
                .failWith(Calls::unknown)
                .map(call -> call.annotate(patch.applyTo(call.annotations(), validator), ifMatch, clock.instant()))
                .chain(outbox::append));
    }

    private static List<CallView> views(RowSet<Row> rows) {
        List<CallView> views = new ArrayList<>(rows.size());
        rows.forEach(row -> views.add(CallView.of(row)));
        return views;
    }

    static NotFound unknown() {
        return new NotFound("There is no such call");
    }

    private static boolean isClaimed(Throwable failure) {
        return failure instanceof PgException refused && "23505".equals(refused.getSqlState());
    }

    private static Recorded recorded(Row row) {
        return new Recorded(row.getUUID(0), row.getString(1));
    }

    private void count(CallFacts facts, Recorded recorded) {
        metrics.counter(
                        "frontdesk_webhooks",
                        "provider",
                        facts.json().getString("provider"),
                        "kind",
                        facts.json().getString("kind"),
                        "outcome",
                        recorded.outcome())
                .increment();
        if (recorded.outcome().equals("recorded") || recorded.outcome().equals("conflict")) {
            outbox.wake();
        }
    }
}
