package dev.frontdesk.customer.faqs;

import dev.frontdesk.events.FaqEvent;
import dev.frontdesk.http.Cursor;
import dev.frontdesk.tenancy.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What the agents used, counted once per use, and the questions they had no answer to. */
@ApplicationScoped
public class FaqUses {

    private final Tenant tenant;
    private final Pool pool;

    FaqUses(Tenant tenant, Pool pool) {
        this.tenant = tenant;
        this.pool = pool;
    }

    /** A question without an answer, as it was asked last; {@code count} is how often it was. */
    public record Unanswered(UUID id, String question, long count, List<String> channels, Instant lastAskedAt) {
        /** The cursor's time is the count as seconds; when it was asked last the id tells. */
        Cursor cursor() {
            return new Cursor(Instant.ofEpochSecond(count), id);
        }
    }

    /** The use if it is new, and with it the count: one statement in its own transaction, a function of V15 binds the client. */
    public Uni<Void> note(String clientId, FaqEvent.Used use) {
        return pool.preparedQuery("select note_faq_use($1, $2, $3, $4, $5, $6, $7)")
                .execute(Tuple.tuple(Arrays.asList(
                        clientId,
                        use.id(),
                        use.faqId(),
                        use.channel(),
                        use.question(),
                        use.occurredAt().atOffset(ZoneOffset.UTC),
                        use.phoneNumber())))
                .replaceWithVoid();
    }

    /** The most frequent first, one more than the limit. */
    Uni<List<Unanswered>> unanswered(Optional<Cursor> cursor, int limit) {
        return tenant.sql(
                tenant.id(),
                connection -> connection
                        .preparedQuery("""
                        select * from (
                            select (array_agg(id order by used_at desc, id desc))[1] as id,
                                   (array_agg(question order by used_at desc, id desc))[1] as question,
                                   count(*) as times, array_agg(distinct channel) as channels, max(used_at) as last_asked_at
                            from faq_uses where faq_id is null and question is not null and dismissed_at is null
                            group by btrim(lower(question), ' ?!.')
                        ) asked
                        where $2::uuid is null
                           or (times, last_asked_at, id) < ($3::bigint, (select used_at from faq_uses where id = $2), $2)
                        order by times desc, last_asked_at desc, id desc limit $1
                        """)
                        .execute(Tuple.of(
                                limit + 1,
                                cursor.map(Cursor::id).orElse(null),
                                cursor.map(it -> it.at().getEpochSecond()).orElse(null)))
                        .map(FaqUses::unanswered));
    }

    /** Takes a question, however often asked, off the list; asked again it is back. */
    Uni<Void> dismiss(UUID id) {
        return tenant.sql(
                tenant.id(),
                connection ->
                        connection.preparedQuery("""
                        update faq_uses set dismissed_at = now()
                        where faq_id is null and dismissed_at is null and btrim(lower(question), ' ?!.') =
                            (select btrim(lower(question), ' ?!.') from faq_uses where id = $1)
                        """).execute(Tuple.of(id)).replaceWithVoid());
    }

    private static List<Unanswered> unanswered(RowSet<Row> rows) {
        List<Unanswered> questions = new ArrayList<>();
        for (Row row : rows) {
            questions.add(new Unanswered(
                    row.getUUID("id"),
                    row.getString("question"),
                    row.getLong("times"),
                    List.of(row.getArrayOfStrings("channels")),
                    row.getOffsetDateTime("last_asked_at").toInstant()));
        }
        return questions;
    }
}
