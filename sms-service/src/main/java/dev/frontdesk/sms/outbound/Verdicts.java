package dev.frontdesk.sms.outbound;

import static dev.frontdesk.sms.outbound.OutboundTexts.utc;

import dev.frontdesk.outbox.Outbox;
import dev.frontdesk.sms.inbound.DeliveryStatus;
import dev.frontdesk.sms.outbound.TwilioApi.Message;
import dev.frontdesk.tenancy.Trace;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Writes down what became of a text, with its event, in the caller's transaction. */
@ApplicationScoped
class Verdicts {

    private final Outbox outbox;

    Verdicts(Outbox outbox) {
        this.outbox = outbox;
    }

    /** It may be posted from now on; answers whether it is still the claimant's to post. */
    Uni<Boolean> posting(SqlConnection connection, Claimed text) {
        return connection
                .preparedQuery("""
                        update sms_messages set handover = 'posting'
                        where id = $1 and handover = 'claimed' and claimed_at = $2
                        """)
                .execute(Tuple.of(text.id(), utc(text.claimedAt())))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Twilio has it; a status callback that came before is joined now. */
    Uni<Void> sent(SqlConnection connection, Claimed text, Message taken) {
        DeliveryStatus status = DeliveryStatus.of(taken.status() == null ? "queued" : taken.status())
                .filter(it -> it.status().equals("sent"))
                .orElse(DeliveryStatus.QUEUED);
        return connection
                .preparedQuery("select note_sent($1, $2, $3, $4, $5, $6, $7)")
                .execute(Tuple.tuple()
                        .addString(text.clientId())
                        .addUUID(text.id())
                        .addString(taken.sid())
                        .addString(status.word())
                        .addInteger(status.rank())
                        .addInteger(segments(taken))
                        .addString(Trace.parent()))
                .invoke(outbox::wake)
                .replaceWithVoid();
    }

    /** It will never reach the phone; {@code errorCode} is Twilio's, or a word of ours. */
    Uni<Void> failed(SqlConnection connection, Claimed text, String errorCode) {
        return connection
                .preparedQuery("""
                        with message as (
                            update sms_messages
                            set status = 'failed', error_code = $2, handover = null, version = version + 1
                            where id = $1 and handover is not null
                            returning id, sms_event(sms_messages, now()) as event
                        )
                        insert into outbox (aggregatetype, aggregateid, type, payload, traceparent)
                        select 'sms-messages', id::text, 'sms.failed.v1', event, $3 from message
                        """)
                .execute(Tuple.of(text.id(), errorCode, Trace.parent()))
                .invoke(outbox::wake)
                .replaceWithVoid();
    }

    /** It certainly was not taken: again, then; {@code errorCode} says why not yet. */
    Uni<Void> later(SqlConnection connection, Claimed text, Instant dueAt, String errorCode) {
        return move(connection, text, "waiting", dueAt, text.attempts(), errorCode);
    }

    /** Nobody knows whether it was taken: the provider will be asked, and nothing posted again. */
    Uni<Void> uncertain(SqlConnection connection, Claimed text, Instant askAt, int asked) {
        return move(connection, text, "uncertain", askAt, asked, null);
    }

    private static Uni<Void> move(
            SqlConnection connection, Claimed text, String handover, Instant dueAt, int attempts, String errorCode) {
        return connection
                .preparedQuery("""
                        update sms_messages
                        set handover = $2, due_at = $3, attempts = $4, error_code = $5, version = version + 1
                        where id = $1 and handover is not null
                        """)
                .execute(Tuple.of(text.id(), handover, utc(dueAt), attempts, errorCode))
                .replaceWithVoid();
    }

    private static int segments(Message taken) {
        return taken.numSegments() != null && taken.numSegments().matches("\\d{1,3}")
                ? Integer.parseInt(taken.numSegments())
                : 0;
    }
}
