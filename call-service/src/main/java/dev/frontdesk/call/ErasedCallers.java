package dev.frontdesk.call;

import dev.frontdesk.events.CustomerEvent;
import dev.frontdesk.privacy.PersonalData;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;

/** Forgets a caller: who it was and what was said; that there was a call, how long and for how much, stays. */
@ApplicationScoped
class ErasedCallers implements PersonalData {

    @Override
    public Uni<Integer> forget(SqlConnection connection, CustomerEvent.Erased person) {
        return connection
                .preparedQuery("select forget_caller($1, $2, $3)")
                .execute(Tuple.of(
                        person.phone(), person.pseudonym(), person.occurredAt().atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.iterator().next().getInteger(0));
    }
}
