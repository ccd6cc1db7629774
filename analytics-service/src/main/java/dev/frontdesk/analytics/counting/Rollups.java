package dev.frontdesk.analytics.counting;

import dev.frontdesk.outbox.Outbox;
import dev.frontdesk.tenancy.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.sqlclient.data.Numeric;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * The numbers per day, hour, trait and customer. A batch of facts is one statement: newer versions replace older ones, and
 * what they changed is added to every number. So duplicates, disorder, corrections and replays come out right.
 */
@ApplicationScoped
class Rollups {

    private final Tenant tenant;
    private final Outbox outbox;

    Rollups(Tenant tenant, Outbox outbox) {
        this.tenant = tenant;
        this.outbox = outbox;
    }

    /**
     * Counts facts of one client. Four round trips whatever the number of facts: begin, bind the client, the statement,
     * commit; two more in the rare case that a fact moves to another phone or an earlier time.
     *
     * @param trace the {@code traceparent} that the counter events carry on; may be null
     */
    Uni<Void> add(String clientId, Collection<Fact> facts, String trace) {
        return tenant.planned(
                        clientId,
                        connection -> connection
                                .preparedQuery(RollupSql.ADD)
                                .execute(arguments(clientId, Fact.newest(facts), trace))
                                .map(rows -> rows.iterator().next())
                                .call(result -> correct(connection, result.getArrayOfStrings("moved"), trace)))
                .map(result -> result.getLong("counters"))
                .invoke(this::announce)
                .replaceWithVoid();
    }

    /** Tells the relay, if there is something to tell. */
    private void announce(long counters) {
        if (counters > 0) {
            outbox.wake();
        }
    }

    /** A latest contact can't be subtracted: where a fact left, its customer is counted again, under the lock of the row. */
    private static Uni<Void> correct(SqlConnection connection, String[] phones, String trace) {
        if (phones == null || phones.length == 0) {
            return Uni.createFrom().voidItem();
        }
        return connection
                .preparedQuery("select 1 from customer_counters where phone = any($1) order by phone for update")
                .execute(Tuple.of(phones))
                .chain(() -> connection.preparedQuery(RollupSql.COUNT_AGAIN).execute(Tuple.of(phones, trace)))
                .replaceWithVoid();
    }

    private static Tuple arguments(String clientId, List<Fact> facts, String trace) {
        return Tuple.tuple()
                .addString(clientId)
                .addValue(column(facts, fact -> fact.kind().word(), String[]::new))
                .addValue(column(facts, Fact::id, UUID[]::new))
                .addValue(column(facts, Fact::version, Long[]::new))
                .addValue(column(facts, Fact::phone, String[]::new))
                .addValue(column(facts, fact -> fact.occurredAt().toOffsetDateTime(), OffsetDateTime[]::new))
                .addValue(column(facts, fact -> fact.occurredAt().toLocalDate(), LocalDate[]::new))
                .addValue(column(facts, fact -> (short) fact.occurredAt().getHour(), Short[]::new))
                .addValue(column(facts, Fact::status, String[]::new))
                .addValue(column(facts, Fact::direction, String[]::new))
                .addValue(column(facts, Fact::provider, String[]::new))
                .addValue(column(facts, Fact::sentiment, String[]::new))
                .addValue(column(facts, Fact::source, String[]::new))
                .addValue(column(facts, Fact::service, String[]::new))
                .addValue(column(facts, Fact::purpose, String[]::new))
                .addValue(column(facts, fact -> Numeric.create(fact.cost()), Numeric[]::new))
                .addValue(column(facts, fact -> Numeric.create(fact.paid()), Numeric[]::new))
                .addValue(column(facts, Fact::bookingId, UUID[]::new))
                .addValue(column(facts, Fact::counts, Boolean[]::new))
                .addString(trace);
    }

    private static <T> T[] column(List<Fact> facts, Function<Fact, T> value, IntFunction<T[]> array) {
        return facts.stream().map(value).toArray(array);
    }
}
