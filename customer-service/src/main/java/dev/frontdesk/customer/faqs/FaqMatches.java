package dev.frontdesk.customer.faqs;

import dev.frontdesk.knowledge.Language;
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

/** Which active FAQs may answer a question, for staff: everything near it, by the score that calls and texts answer by. */
@ApplicationScoped
class FaqMatches {

    private final Tenant tenant;
    private final Clients clients;
    private final double threshold;

    FaqMatches(Tenant tenant, Clients clients, @ConfigProperty(name = "frontdesk.faqs.suggest-from") double threshold) {
        this.tenant = tenant;
        this.clients = clients;
        this.threshold = threshold;
    }

    /** {@code score} is from the threshold to 1. */
    public record Match(
            UUID id, String category, String question, String answer, List<String> keywords, double score) {}

    /** The best first. */
    Uni<List<Match>> of(String question, int limit) {
        String language = Language.of(clients.get(tenant.id()).region());
        return tenant.sql(
                tenant.id(),
                connection -> connection
                        .preparedQuery("""
                        with scored as materialized (
                            select f.*, faq_score($1::text::regconfig, $2, question, keywords) as score
                            from faqs f where is_active
                        )
                        select * from scored where score >= $3 order by score desc, display_order, id limit $4
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
