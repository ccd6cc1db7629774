package dev.frontdesk.knowledge;

import dev.frontdesk.settings.Clients;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The one FAQ, of a service's {@code faq_copies}, that answers a caller or a texter, or none: a wrong answer is worse than
 * a person's. Scored by {@code faq_score}, as the list that customer-service shows to staff.
 */
@ApplicationScoped
public class FaqAnswers {

    private final Clients clients;
    private final double threshold;

    FaqAnswers(Clients clients, @ConfigProperty(name = "frontdesk.faqs.answer-from") double threshold) {
        this.clients = clients;
        this.threshold = threshold;
    }

    public record Answer(UUID faqId, String text) {}

    /** @param connection in a transaction of the client */
    public Uni<Optional<Answer>> find(SqlConnection connection, String clientId, String question) {
        String language = Language.of(clients.get(clientId).region());
        return connection
                .preparedQuery("""
                        with scored as materialized (
                            select id, answer, display_order,
                                faq_score($1::text::regconfig, $2, question, keywords) as score
                            from faq_copies where is_active
                        )
                        select id, answer from scored where score >= $3 order by score desc, display_order, id limit 1
                        """)
                .execute(Tuple.of(language, question, threshold))
                .map(rows -> {
                    if (rows.size() == 0) {
                        return Optional.empty();
                    }
                    Row best = rows.iterator().next();
                    return Optional.of(new Answer(best.getUUID("id"), best.getString("answer")));
                });
    }
}
