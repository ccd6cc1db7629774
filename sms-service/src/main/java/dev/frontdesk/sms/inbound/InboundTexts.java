package dev.frontdesk.sms.inbound;

import dev.frontdesk.outbox.Outbox;
import dev.frontdesk.sms.optout.Wish;
import dev.frontdesk.tenancy.Trace;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/** Texts that came in, each stored once. */
@ApplicationScoped
public class InboundTexts {

    /**
     * The hot path: one statement, one round trip, its own transaction. Binds the client, takes the number's turn (so that ids
     * and times follow the order of commits, which is the order of the conversation and of its replies), deduplicates,
     * inserts, enters a wish not to be texted into the ledger, and writes the event. The conversation is the trigger's.
     */
    public static final String STORE = """
            with tenant as materialized (
                select set_config('app.client_id', $1, true) as id,
                       pg_advisory_xact_lock(hashtextextended('text ' || $1 || ' ' || $2, 0))::text as turn,
                       case when $9::text is not null
                            then pg_advisory_xact_lock(opt_out_lock($1, $2))::text end as number
            ),
            message as (
                insert into sms_messages (client_id, created_at, phone_number, direction, message_body, status,
                        provider_message_id, provider_status, segments, media, reply, reply_due_at, price_due_at)
                select id, clock_timestamp(), $2, 'inbound', $3, 'received', $4, 'received', $5, $6::jsonb,
                       case when $8 then 'due' else 'none' end, now(), now() + interval '1 minute'
                from tenant
                on conflict (client_id, provider_message_id) do nothing
                returning id, client_id, phone_number, sms_event(sms_messages, created_at) as event
            ),
            entry as (
                insert into opt_outs (client_id, phone_number, state, source, proof, message_id)
                select client_id, phone_number, $9, $10, left($3, 200), id from message where $9 is not null
            )
            insert into outbox (client_id, aggregatetype, aggregateid, type, payload, traceparent)
            select client_id, 'sms-messages', id::text, 'sms.received.v1', event, $7 from message
            returning id
            """;

    private final Pool pool;
    private final Outbox outbox;

    InboundTexts(Pool pool, Outbox outbox) {
        this.pool = pool;
        this.outbox = outbox;
    }

    /** Answers whether the text was new. */
    Uni<Boolean> store(String clientId, InboundText text) {
        return pool.preparedQuery(STORE)
                .execute(arguments(clientId, text))
                .map(rows -> rows.size() > 0)
                .invoke(isNew -> {
                    if (isNew) {
                        outbox.wake();
                    }
                });
    }

    private static Tuple arguments(String clientId, InboundText text) {
        Wish wish = text.wish();
        return Tuple.tuple()
                .addString(clientId)
                .addString(text.phoneNumber())
                .addString(text.body())
                .addString(text.messageSid())
                .addInteger(text.segments())
                .addJsonArray(text.media())
                .addString(Trace.parent())
                .addBoolean(!wish.wantsNoReply())
                .addString(state(wish))
                .addString(wish == Wish.STOP_WORDING ? "wording" : "keyword");
    }

    private static String state(Wish wish) {
        if (wish.isStop()) {
            return "opted-out";
        }
        return wish == Wish.START ? "opted-in" : null;
    }
}
