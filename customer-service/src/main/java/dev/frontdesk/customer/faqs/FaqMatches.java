package dev.frontdesk.customer.faqs;

import dev.frontdesk.settings.Clients;
import dev.frontdesk.tenancy.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Which active FAQs answer a question: by their keywords, as words or phrases in any inflection of the client's language,
 * and by how many of the question's words they share.
 */
@ApplicationScoped
class FaqMatches {

    private final Tenant tenant;
    private final Clients clients;
    private final double threshold;

    FaqMatches(Tenant tenant, Clients clients, @ConfigProperty(name = "frontdesk.faqs.threshold") double threshold) {
        this.tenant = tenant;
        this.clients = clients;
        this.threshold = threshold;
    }

    /** {@code score} is from the threshold to 1. */
    public record Match(
            UUID id, String category, String question, String answer, List<String> keywords, double score) {}

    /**
     * The best first. A keyword counts 0.45, each of the first three 0.1 more; the share of the question's words that the
     * FAQ's question and keywords have, up to 0.45; likeness of spelling, which forgives typing errors, up to 0.3.
     */
    Uni<List<Match>> of(String question, int limit) {
        String language = Language.of(clients.get(tenant.id()).region());
        return tenant.sql(
                tenant.id(),
                connection -> connection
                        .preparedQuery("""
                        with asked as (
                            select to_tsvector($1::text::regconfig, $2) as vector,
                                   tsvector_to_array(to_tsvector($1::text::regconfig, $2)) as words
                        )
                        select * from (
                            select f.*, least(1, round((
                                case when keyword.hits > 0 then 0.45 + 0.1 * least(keyword.hits, 3) else 0 end
                                + 0.45 * word.share
                                + 0.3 * similarity(lower(f.question), lower($2)))::numeric, 3))::float8 as score
                            from faqs f, asked,
                            lateral (
                                select count(*) as hits from unnest(f.keywords) as it
                                where asked.vector @@ phraseto_tsquery($1::text::regconfig, it)
                            ) keyword,
                            lateral (
                                select coalesce(count(*)::numeric / nullif(cardinality(asked.words), 0), 0) as share
                                from unnest(asked.words) as it
                                where it = any (tsvector_to_array(to_tsvector($1::text::regconfig,
                                                f.question || ' ' || array_to_string(f.keywords, ' '))))
                            ) word
                            where f.is_active
                        ) scored
                        where score >= $3 order by score desc, display_order, id limit $4
                        """)
                        .execute(Tuple.of(language, question, threshold, limit))
                        .map(FaqMatches::matches));
    }

    private static List<Match> matches(RowSet<Row> rows) {
        List<Match> matches = new ArrayList<>();
        for (Row row : rows) {
            matches.add(new Match(
                    row.getUUID("id"),
                    row.getString("category"),
                    row.getString("question"),
                    row.getString("answer"),
                    List.of(row.getArrayOfStrings("keywords")),
                    row.getDouble("score")));
        }
        return matches;
    }
}
