package dev.frontdesk.call.knowledge;

import dev.frontdesk.call.CallerNumber;
import dev.frontdesk.events.FaqEvent;
import dev.frontdesk.knowledge.FaqAnswers;
import dev.frontdesk.knowledge.FaqAnswers.Answer;
import dev.frontdesk.outbox.Outbox;
import dev.frontdesk.tenancy.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What other services own and agents need to know, from our copies of it. */
@ApplicationScoped
public class Copies {

    private static final int LONGEST_QUESTION = 200;

    /** A customer, as little as an agent needs. */
    public record Person(String name, boolean hasAddress) {}

    private final Tenant tenant;
    private final Outbox outbox;
    private final FaqAnswers faqs;
    private final Clock clock;

    Copies(Tenant tenant, Outbox outbox, FaqAnswers faqs, Clock clock) {
        this.tenant = tenant;
        this.outbox = outbox;
        this.faqs = faqs;
        this.clock = clock;
    }

    /**
     * The answer to a question, if there is one; either way customer-service learns of it, once per {@code useId}.
     *
     * @param phone the caller's number, for a question without an answer may name them
     * @param useId the same for every repetition of the question by the same tool call
     */
    public Uni<Optional<String>> answer(String clientId, String question, String phone, UUID useId) {
        return tenant.sql(
                clientId,
                connection -> faqs.find(connection, clientId, question)
                        .call(found -> outbox.append(
                                connection,
                                List.of(new FaqEvent.Used(
                                        clock.instant(),
                                        useId,
                                        "voice",
                                        found.map(Answer::faqId).orElse(null),
                                        found.isPresent() ? null : masked(question),
                                        found.isPresent() || CallerNumber.ANONYMOUS.equals(phone) ? null : phone))))
                        .map(found -> found.map(Answer::text)));
    }

    /** What can be booked, in words, as booking-service said last; empty when it never did. */
    public Uni<Optional<String>> services(String clientId) {
        return tenant.sql(
                        clientId,
                        connection -> connection
                                .query("select services from catalogue_copies")
                                .execute())
                .map(rows -> rows.size() == 0
                        ? Optional.<String>empty()
                        : Optional.of(Catalogue.listed(
                                (JsonArray) rows.iterator().next().getValue(0))))
                .map(words -> words.filter(it -> !it.isEmpty()));
    }

    /** The customer with this number; empty for a number nobody has met, and for a withheld one. */
    public Uni<Optional<Person>> customer(String clientId, String phone) {
        if (phone == null || phone.equals(CallerNumber.ANONYMOUS)) {
            return Uni.createFrom().item(Optional.empty());
        }
        return tenant.sql(
                        clientId,
                        connection -> connection
                                .preparedQuery(
                                        "select name, address is not null from customer_copies where phone = $1 order by version desc limit 1")
                                .execute(Tuple.of(phone)))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(new Person(
                                rows.iterator().next().getString(0),
                                rows.iterator().next().getBoolean(1))));
    }

    /** Questions leave the service without digits: callers say numbers that are nobody else's business. */
    static String masked(String question) {
        String plain = question.replaceAll("\\d", "•");
        return plain.length() > LONGEST_QUESTION ? plain.substring(0, LONGEST_QUESTION) : plain;
    }
}
