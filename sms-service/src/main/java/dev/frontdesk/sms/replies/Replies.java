package dev.frontdesk.sms.replies;

import dev.frontdesk.events.FaqEvent;
import dev.frontdesk.outbox.Outbox;
import dev.frontdesk.sms.Lanes;
import dev.frontdesk.sms.conversations.Conversations;
import dev.frontdesk.sms.optout.OptOuts;
import dev.frontdesk.sms.outbound.OutboundTexts;
import dev.frontdesk.sms.outbound.OutboundTexts.NewText;
import dev.frontdesk.sms.templates.Templates;
import dev.frontdesk.tenancy.Tenant;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Answers inbound texts from their rows, after the webhook was answered: in order per number, once per text, also across a crash
 * or a second instance. A text is leased, not locked, while its answer is found; what comes of it is written in one transaction
 * under the key {@code reply:<id>}.
 */
@ApplicationScoped
public class Replies {

    private static final Logger LOG = Logger.getLogger(Replies.class);
    private static final int LANES = 4;
    /** Texts that a lane leases at a time, to answer them one after the other. */
    private static final int BATCH = 5;
    /** Batches of one client per lane before the next client has its turn. */
    private static final int VISIT = 10;
    /** Then a person answers. */
    private static final int MOST_ATTEMPTS = 4;
    /** Texts per second above which answering steps back: they must be stored now, and may be answered in a moment. */
    private static final int FLOOD = 100;

    private static final Duration STEP_BACK = Duration.ofSeconds(1);

    private final Pool pool;
    private final Tenant tenant;
    private final ReplyEngine engine;
    private final OutboundTexts texts;
    private final Templates templates;
    private final OptOuts optOuts;
    private final Conversations conversations;
    private final Outbox outbox;
    private final Clock clock;
    private final Duration interval;
    private final Lanes<Situation> lanes;
    private final LongAdder arrived = new LongAdder();
    private volatile long second;
    private volatile boolean flooded;

    Replies(
            Vertx vertx,
            Pool pool,
            Tenant tenant,
            ReplyEngine engine,
            OutboundTexts texts,
            Templates templates,
            OptOuts optOuts,
            Conversations conversations,
            Outbox outbox,
            Clock clock,
            @ConfigProperty(name = "frontdesk.sms.queue.interval") Duration interval) {
        this.pool = pool;
        this.tenant = tenant;
        this.engine = engine;
        this.texts = texts;
        this.templates = templates;
        this.optOuts = optOuts;
        this.conversations = conversations;
        this.outbox = outbox;
        this.clock = clock;
        this.interval = interval;
        this.lanes =
                new Lanes<>(vertx, tenant, "answering texts", "reply = 'due'", LANES, VISIT, this::lease, this::answer);
    }

    void start(@Observes StartupEvent started) {
        lanes.start(interval);
    }

    void stop(@Observes ShutdownEvent stopped) {
        lanes.stop();
    }

    /** A text has come in for the client; in a flood the lanes look by themselves. */
    public void wake(String clientId) {
        long now = System.nanoTime() / 1_000_000_000;
        if (now != second) {
            flooded = arrived.sumThenReset() > FLOOD;
            second = now;
        }
        arrived.increment();
        if (!isFlooded()) {
            lanes.wake(clientId);
        }
    }

    private boolean isFlooded() {
        return flooded && System.nanoTime() / 1_000_000_000 - second < 2;
    }

    private Uni<List<Situation>> lease(String clientId) {
        return pool.preparedQuery("select * from lease_texts($1, $2)")
                .execute(Tuple.of(clientId, BATCH))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(Situation::of)
                        .toList());
    }

    private Uni<Void> answer(String clientId, List<Situation> texts) {
        Uni<Void> answered = Multi.createFrom()
                .iterable(texts)
                .onItem()
                .transformToUniAndConcatenate(text -> answer(clientId, text))
                .onItem()
                .ignoreAsUni();
        return isFlooded() ? answered.onItem().delayIt().by(STEP_BACK) : answered;
    }

    private Uni<Void> answer(String clientId, Situation text) {
        return decide(text)
                .chain(reply -> tenant.sql(clientId, connection -> write(connection, text, reply)))
                .onFailure()
                .invoke(e -> LOG.warnf("text %s is not answered yet: %s", text.id(), e.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Reply> decide(Situation text) {
        Uni<Reply> reply = Uni.createFrom().deferred(() -> engine.answer(text));
        return text.attempts() < MOST_ATTEMPTS
                ? reply
                : reply.onFailure().recoverWithItem(() -> Reply.handOver(text.staffActive()));
    }

    private Uni<Void> write(SqlConnection connection, Situation text, Reply reply) {
        boolean says = reply.body() != null || reply.template() != null;
        return connection
                .preparedQuery("""
                        with answered as (
                            update sms_messages set reply = $2 where id = $1 and reply = 'due' returning phone_number
                        ), forgotten as (
                            delete from slot_offers o using answered a where o.phone_number = a.phone_number
                        )
                        select from answered
                        """)
                .execute(Tuple.of(text.id(), says ? "written" : "none"))
                .chain(rows -> rows.size() == 0
                        ? Uni.createFrom().voidItem()
                        : send(connection, text, reply)
                                .chain(() -> reply.needsPerson()
                                        ? conversations.handOver(connection, text.phoneNumber())
                                        : Uni.createFrom().voidItem())
                                .chain(() -> remember(connection, text, reply))
                                .chain(() -> enter(connection, text, reply))
                                .chain(() -> outbox.append(connection, faqUse(text, reply))));
    }

    private Uni<Void> send(SqlConnection connection, Situation text, Reply reply) {
        if (reply.body() == null && reply.template() == null) {
            return Uni.createFrom().voidItem();
        }
        Uni<String> body = reply.template() == null
                ? Uni.createFrom().item(reply.body())
                : templates.text(connection, text.clientId(), reply.template(), Map.of());
        return body.map(words -> new NewText(
                        text.phoneNumber(), words, "reply", "reply:" + text.id(), null, null, clock.instant(), null))
                .chain(answer -> texts.add(connection, answer))
                .replaceWithVoid();
    }

    private static Uni<Void> remember(SqlConnection connection, Situation text, Reply reply) {
        if (reply.offer() == null) {
            return Uni.createFrom().voidItem();
        }
        return connection
                .preparedQuery("insert into slot_offers (phone_number, booking_id, slots) values ($1, $2, $3)")
                .execute(Tuple.of(
                        text.phoneNumber(),
                        reply.offer().bookingId(),
                        reply.offer().json()))
                .replaceWithVoid();
    }

    private Uni<Void> enter(SqlConnection connection, Situation text, Reply reply) {
        if (reply.ledger() == null) {
            return Uni.createFrom().voidItem();
        }
        return optOuts.lock(connection, text.clientId(), text.phoneNumber())
                .chain(() -> optOuts.add(
                        connection,
                        text.phoneNumber(),
                        reply.ledger(),
                        "keyword",
                        text.body().trim(),
                        text.id()))
                .replaceWithVoid();
    }

    private List<FaqEvent.Used> faqUse(Situation text, Reply reply) {
        return reply.faqId() == null && reply.unanswered() == null
                ? List.of()
                : List.of(new FaqEvent.Used(
                        clock.instant(),
                        text.id(),
                        "sms",
                        reply.faqId(),
                        reply.unanswered(),
                        reply.unanswered() == null ? null : text.phoneNumber()));
    }
}
