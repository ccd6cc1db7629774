package dev.frontdesk.sms.outbound;

import static dev.frontdesk.sms.outbound.OutboundTexts.utc;

import dev.frontdesk.sms.Rounds;
import dev.frontdesk.sms.outbound.TwilioApi.Message;
import dev.frontdesk.tenancy.Tenant;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Finds out what became of texts whose post was interrupted: a time-out, a 5xx, a crash. Asks the provider for what it sent to
 * the number; a text that is there is ours, one that never shows up failed ({@code unconfirmed}) and is not posted again. What a
 * crash left claimed was never posted, and is due again.
 */
@ApplicationScoped
class Reconciliation {

    static final Duration FIRST_LOOK = Duration.ofSeconds(3);

    private static final Logger LOG = Logger.getLogger(Reconciliation.class);
    /** After each look that found nothing; then we give up. A look that failed does not count. */
    private static final List<Duration> NEXT_LOOKS =
            List.of(Duration.ofSeconds(5), Duration.ofSeconds(12), Duration.ofSeconds(25));
    /** Longer than any post may take. */
    private static final Duration CLAIM = Duration.ofSeconds(30);

    private static final Duration RETRY = Duration.ofSeconds(10);

    private final Tenant tenant;
    private final Provider provider;
    private final Verdicts verdicts;
    private final Clock clock;
    private final Duration interval;
    private final Rounds rounds;

    Reconciliation(
            Vertx vertx,
            Tenant tenant,
            Provider provider,
            Verdicts verdicts,
            Clock clock,
            @ConfigProperty(name = "frontdesk.sms.queue.interval") Duration interval) {
        this.tenant = tenant;
        this.provider = provider;
        this.verdicts = verdicts;
        this.clock = clock;
        this.interval = interval;
        this.rounds = Rounds.byClient(vertx, tenant, "reconciling texts", "handover is not null", this::look);
    }

    void start(@Observes StartupEvent started) {
        rounds.start(interval);
    }

    void stop(@Observes ShutdownEvent stopped) {
        rounds.stop();
    }

    /** Takes what is due, pushing it on so that no other instance looks at the same time, then asks for each. */
    private Uni<Void> look(String clientId) {
        Instant now = clock.instant();
        return tenant.sql(
                        clientId,
                        connection -> connection
                                .preparedQuery("""
                                update sms_messages set handover = 'waiting'
                                where handover = 'claimed' and claimed_at < $1
                                """)
                                .execute(Tuple.of(utc(now.minus(CLAIM))))
                                .chain(() -> connection
                                        .preparedQuery("""
                                        update sms_messages
                                        set handover = 'uncertain', due_at = $3,
                                            attempts = case handover when 'posting' then 0 else attempts end
                                        where id in (
                                            select id from sms_messages
                                            where (handover = 'uncertain' and due_at <= $1)
                                               or (handover = 'posting' and claimed_at < $2)
                                            limit 50 for update skip locked)
                                        returning
                                        """ + Claimed.COLUMNS)
                                        .execute(Tuple.of(utc(now), utc(now.minus(CLAIM)), utc(now.plus(RETRY))))))
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .map(Claimed::of)
                .onItem()
                .transformToUniAndConcatenate(this::ask)
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> ask(Claimed text) {
        return provider.sentTo(text.clientId(), text.phoneNumber(), text.claimedAt())
                .chain(messages -> tenant.sql(text.clientId(), connection -> settle(connection, text, messages)))
                .onFailure()
                .invoke(e -> LOG.warnf("text %s is still uncertain: %s", text.id(), e.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> settle(SqlConnection connection, Claimed text, List<Message> messages) {
        List<Message> candidates = messages.stream()
                .filter(it ->
                        text.body().equals(it.body()) && text.phoneNumber().equals(it.to()))
                .sorted(Comparator.comparing(Message::sid))
                .toList();
        return known(connection, candidates)
                .chain(known -> candidates.stream()
                        .filter(it -> !known.contains(it.sid()))
                        .findFirst()
                        .map(found -> verdicts.sent(connection, text, found))
                        .orElseGet(() -> missing(connection, text)));
    }

    private static Uni<Set<String>> known(SqlConnection connection, List<Message> candidates) {
        return connection
                .preparedQuery("select provider_message_id from sms_messages where provider_message_id = any($1)")
                .execute(Tuple.of(candidates.stream().map(Message::sid).toArray(String[]::new)))
                .map(rows -> {
                    Set<String> known = new HashSet<>();
                    rows.forEach(row -> known.add(row.getString(0)));
                    return known;
                });
    }

    private Uni<Void> missing(SqlConnection connection, Claimed text) {
        if (text.attempts() >= NEXT_LOOKS.size()) {
            LOG.warnf("text %s never showed up at the provider", text.id());
            return verdicts.failed(connection, text, "unconfirmed");
        }
        return verdicts.uncertain(
                connection, text, clock.instant().plus(NEXT_LOOKS.get(text.attempts())), text.attempts() + 1);
    }
}
