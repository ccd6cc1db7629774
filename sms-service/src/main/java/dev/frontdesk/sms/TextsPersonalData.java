package dev.frontdesk.sms;

import dev.frontdesk.events.CustomerEvent.Erased;
import dev.frontdesk.privacy.PersonalData;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.List;

/** Takes a person's number and words out of texts, conversations and the ledger; that there was a text, when, and its cost stay. */
@ApplicationScoped
class TextsPersonalData implements PersonalData {

    /** $1 the number, $2 its pseudonym, $3 the moment of the erasure. A text not yet handed over is not sent any more. */
    private static final List<String> STATEMENTS = List.of(
            """
            update sms_messages
            set phone_number = $2, message_body = 'erased', media = null, reply = 'none', version = version + 1,
                dedup_key = replace(dedup_key, $1, $2),
                status = case when handover is null then status else 'failed' end,
                error_code = case when handover is null then error_code else 'erased' end, handover = null
            where phone_number = $1 and created_at <= $3
            """,
            "update opt_outs set phone_number = $2, proof = null where phone_number = $1 and created_at <= $3",
            "delete from send_counters where scope = 'number ' || $1 and $2 <> '' and window_start <= $3",
            "delete from slot_offers where phone_number = $1 and $2 <> '' and created_at <= $3",
            """
            delete from conversations where phone_number = $1 and $2 <> '' and $3::timestamptz is not null
                and not exists (select 1 from sms_messages m where m.phone_number = $1)
            """);

    /** The pseudonym's conversation is what its texts add up to. */
    private static final String CONVERSATION = """
            insert into conversations as c (phone_number, message_count, unread, state, last_message_at)
            select phone_number, count(*), 0, 'closed', max(created_at) from sms_messages
            where phone_number = $1 group by phone_number
            on conflict (client_id, phone_number) do update
                set message_count = excluded.message_count, last_message_at = excluded.last_message_at
            """;

    @Override
    public Uni<Integer> forget(SqlConnection connection, Erased person) {
        Uni<Integer> changed = Uni.createFrom().item(0);
        for (String statement : STATEMENTS) {
            changed = changed.chain(before -> run(connection, statement, person).map(rows -> before + rows));
        }
        return changed.call(rows -> connection.preparedQuery(CONVERSATION).execute(Tuple.of(person.pseudonym())));
    }

    private static Uni<Integer> run(SqlConnection connection, String statement, Erased person) {
        return connection
                .preparedQuery(statement)
                .execute(Tuple.of(
                        person.phone(), person.pseudonym(), person.occurredAt().atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.rowCount());
    }
}
