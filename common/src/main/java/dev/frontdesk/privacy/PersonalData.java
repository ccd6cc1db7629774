package dev.frontdesk.privacy;

import dev.frontdesk.events.CustomerEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/**
 * What one service knows about people, and how it forgets one of them; each service has one bean of it. Idempotency keys
 * and the outbox are not its business: {@link Erasures} sees to them.
 */
public interface PersonalData {

    /**
     * Replaces {@code person.phone()} by {@code person.pseudonym()}, names by {@code erased}, and empties addresses, mails,
     * notes, bodies, transcripts and recordings, in rows created at or before {@code person.occurredAt()}: somebody who
     * comes back later is a new customer. Amounts, times and statuses stay, so that totals stay. Runs in the transaction
     * of the connection, whose client is bound; is run twice and must then find nothing more to do.
     *
     * @return how many rows were changed
     */
    Uni<Integer> forget(SqlConnection connection, CustomerEvent.Erased person);
}
