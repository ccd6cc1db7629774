package dev.frontdesk.privacy;

import dev.frontdesk.events.CustomerEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;

/** A service that knows people: it keeps their number in a table of its own. */
@ApplicationScoped
class Diary implements PersonalData {

    @Override
    public Uni<Integer> forget(SqlConnection connection, CustomerEvent.Erased person) {
        return connection
                .preparedQuery("update diary set phone = $2 where phone = $1 and created_at <= $3")
                .execute(Tuple.of(
                        person.phone(), person.pseudonym(), person.occurredAt().atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.rowCount());
    }
}
