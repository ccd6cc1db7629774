package dev.frontdesk.analytics.counting;

import dev.frontdesk.events.CustomerEvent;
import dev.frontdesk.phone.Phones;
import dev.frontdesk.privacy.PersonalData;
import dev.frontdesk.tenancy.Trace;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;

/** Forgets a person's number: facts and counters go on under the pseudonym, so that no total changes. */
@ApplicationScoped
class CountedPeople implements PersonalData {

    private static final String LOCK = "select pg_advisory_xact_lock(%s)"
            .formatted(RollupSql.LOCK.replace("$1", "current_setting('app.client_id')"));

    private static final String FORGET_FACTS = "update facts set phone = $2 where phone = $1 and occurred_at <= $3";

    private static final String FORGET_COUNTERS = """
            delete from customer_counters where phone = $1 and not exists (select from facts where phone = $1)
            """;

    /** An event nobody could read is of no use without the person in it, however it spells the number. */
    private static final String FORGET_LETTERS = """
            delete from dead_letters
            where coalesce(occurred_at, '-infinity') <= $2
              and strpos(regexp_replace(concat_ws(' ', key, reason, headers::text, encode(value, 'escape')), '\\D', '', 'g'), $1) > 0
            """;

    /** Whoever has facts: the pseudonym, and the number too if somebody came back under it. */
    private static final String WHO_IS_LEFT = "select array_agg(distinct phone) from facts where phone in ($1, $2)";

    @Override
    public Uni<Integer> forget(SqlConnection connection, CustomerEvent.Erased person) {
        Tuple until =
                Tuple.of(person.phone(), person.pseudonym(), person.occurredAt().atOffset(ZoneOffset.UTC));
        return connection
                .query(LOCK)
                .execute()
                .chain(() -> changed(connection, FORGET_FACTS, until))
                .chain(facts -> changed(connection, FORGET_COUNTERS, Tuple.of(person.phone()))
                        .map(counters -> facts + counters))
                .chain(rows -> changed(
                                connection,
                                FORGET_LETTERS,
                                Tuple.of(
                                        Phones.nationalDigits(person.phone()),
                                        person.occurredAt().atOffset(ZoneOffset.UTC)))
                        .map(letters -> rows + letters))
                .call(() -> countAgain(connection, person));
    }

    private static Uni<Void> countAgain(SqlConnection connection, CustomerEvent.Erased person) {
        return connection
                .preparedQuery(WHO_IS_LEFT)
                .execute(Tuple.of(person.phone(), person.pseudonym()))
                .map(rows -> rows.iterator().next().getArrayOfStrings(0))
                .chain(phones -> connection
                        .preparedQuery(RollupSql.COUNT_AGAIN)
                        .execute(Tuple.of(phones == null ? new String[0] : phones, Trace.parent())))
                .replaceWithVoid();
    }

    private static Uni<Integer> changed(SqlConnection connection, String statement, Tuple arguments) {
        return connection.preparedQuery(statement).execute(arguments).map(rows -> rows.rowCount());
    }
}
