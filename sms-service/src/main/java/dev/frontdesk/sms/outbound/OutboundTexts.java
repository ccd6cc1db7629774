package dev.frontdesk.sms.outbound;

import dev.frontdesk.outbox.Outbox;
import dev.frontdesk.sms.Segments;
import dev.frontdesk.tenancy.Trace;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/** The queue of texts to be handed to the provider. What is decided once is queued once, by its {@code dedupKey}. */
@ApplicationScoped
public class OutboundTexts {

    private final Outbox outbox;
    private final Sender sender;

    OutboundTexts(Outbox outbox, Sender sender) {
        this.outbox = outbox;
        this.sender = sender;
    }

    /**
     * A text to be sent.
     *
     * @param purpose one of {@code SmsSnapshot}'s
     * @param dedupKey the business key that may exist once per client
     * @param timeVersion of the booking the text speaks of; null when it speaks of none
     * @param dueAt not before
     * @param timeZone where the recipient is, of a text that keeps the quiet hours; null of one that goes at once
     */
    public record NewText(
            String phoneNumber,
            String body,
            String purpose,
            String dedupKey,
            UUID bookingId,
            Long timeVersion,
            Instant dueAt,
            String timeZone) {}

    /** Queues in the caller's transaction; answers false when the key has been used. */
    public Uni<Boolean> add(SqlConnection connection, NewText text) {
        return connection
                .preparedQuery("""
                        with message as (
                            insert into sms_messages (created_at, phone_number, direction, message_body, status, purpose,
                                    dedup_key, booking_id, booking_time_version, segments, handover, due_at, time_zone)
                            values (clock_timestamp(), $1, 'outbound', $2, 'queued', $3, $4, $5, $6, $7, 'waiting', $8, $10)
                            on conflict (client_id, dedup_key) where dedup_key is not null do nothing
                            returning id, sms_event(sms_messages, created_at) as event
                        )
                        insert into outbox (aggregatetype, aggregateid, type, payload, traceparent)
                        select 'sms-messages', id::text, 'sms.queued.v1', event, $9 from message
                        returning client_id
                        """)
                .execute(Tuple.tuple()
                        .addString(text.phoneNumber())
                        .addString(text.body())
                        .addString(text.purpose())
                        .addString(text.dedupKey())
                        .addUUID(text.bookingId())
                        .addLong(text.timeVersion())
                        .addInteger(Segments.of(text.body()).count())
                        .addOffsetDateTime(utc(text.dueAt()))
                        .addString(Trace.parent())
                        .addString(text.timeZone()))
                .invoke(queued -> {
                    for (Row row : queued) {
                        outbox.wake();
                        sender.wakeSoon(row.getString(0));
                    }
                })
                .map(queued -> queued.size() > 0);
    }

    static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
