package dev.frontdesk.sms.inbound;

import dev.frontdesk.outbox.Outbox;
import dev.frontdesk.tenancy.Trace;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Status callbacks: applied when they are news, kept when they come before their text is known. */
@ApplicationScoped
public class DeliveryReports {

    /** The hot path: one statement, one round trip, its own transaction; see {@code note_delivery} in V14. */
    public static final String NOTE = "select note_delivery($1, $2, $3, $4, $5, $6, $7, $8)";

    private final Pool pool;
    private final Outbox outbox;

    DeliveryReports(Pool pool, Outbox outbox) {
        this.pool = pool;
        this.outbox = outbox;
    }

    /**
     * Notes one report; answers {@code changed} where it brought the text a new status of ours, which is an event, else {@code
     * applied}, {@code stale} or {@code unknown}.
     *
     * @param messageId ours, from the callback URL we gave; null when the callback came by another URL
     */
    public Uni<String> note(String clientId, String sid, UUID messageId, DeliveryStatus status, String errorCode) {
        return note(pool, clientId, sid, messageId, status, errorCode).invoke(outcome -> {
            if ("changed".equals(outcome)) {
                outbox.wake();
            }
        });
    }

    /** The same in the caller's transaction. */
    public static Uni<String> note(
            SqlClient connection,
            String clientId,
            String sid,
            UUID messageId,
            DeliveryStatus status,
            String errorCode) {
        return connection
                .preparedQuery(NOTE)
                .execute(Tuple.tuple()
                        .addString(clientId)
                        .addString(sid)
                        .addUUID(messageId)
                        .addString(status.word())
                        .addInteger(status.rank())
                        .addString(status.status())
                        .addString(errorCode)
                        .addString(Trace.parent()))
                .map(rows -> rows.iterator().next().getString(0));
    }
}
