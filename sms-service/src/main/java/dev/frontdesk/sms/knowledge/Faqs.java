package dev.frontdesk.sms.knowledge;

import dev.frontdesk.tenancy.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** What the business knows: the one FAQ that answers a text, or none, for a wrong answer is worse than a person's. */
@ApplicationScoped
public class Faqs {

    /** A keyword alone is enough, and so is half of the question's words. */
    private static final double THRESHOLD = 0.5;

    private final Tenant tenant;

    Faqs(Tenant tenant) {
        this.tenant = tenant;
    }

    public record Answer(UUID faqId, String text) {}

    /**
     * The best FAQ above the threshold: 0.6 for the first keyword (a word or phrase, stemmed) found in the text, 0.1 for
     * each further one, plus the share of the FAQ's own words that the text uses.
     */
    public Uni<Optional<Answer>> match(String clientId, String text) {
        return tenant.sql(clientId, connection -> connection.preparedQuery("""
                                with asked as (select to_tsvector('english', $1) as words),
                                scored as (
                                    select f.id, f.answer, f.display_order,
                                        (select case when count(*) > 0 then 0.5 + 0.1 * count(*) else 0 end
                                         from unnest(f.keywords) k
                                         where k <> '' and asked.words @@ phraseto_tsquery('english', k)) as keywords,
                                        (select coalesce(avg((asked.words @@ to_tsquery('simple', quote_literal(w)))::int), 0)
                                         from unnest(tsvector_to_array(to_tsvector('english', f.question))) w) as question
                                    from faq_copies f, asked
                                    where f.is_active)
                                select id, answer from scored
                                where keywords + question >= $2
                                order by keywords + question desc, display_order, id limit 1
                                """).execute(Tuple.of(text, THRESHOLD)))
                .map(rows -> {
                    if (rows.size() == 0) {
                        return Optional.empty();
                    }
                    Row row = rows.iterator().next();
                    return Optional.of(new Answer(row.getUUID("id"), row.getString("answer")));
                });
    }
}
