package dev.frontdesk.sms.outbound;

import static dev.frontdesk.sms.outbound.OutboundTexts.utc;

import dev.frontdesk.phone.Phones;
import dev.frontdesk.settings.Clients;
import dev.frontdesk.sms.optout.OptOuts;
import dev.frontdesk.tenancy.Tenant;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;

/**
 * Hands one claimed text to the provider. The ledger is asked, the text posted and the answer written in one transaction that
 * holds the number's opt-out lock (shared): an opt-out waits for a post under way, and nothing is posted after it.
 *
 * <p>That a post begins was committed before. If the transaction is lost, the provider is asked what became of it; a text that was
 * only claimed is nobody's again.
 */
@ApplicationScoped
class HandOver {

    private static final Logger LOG = Logger.getLogger(HandOver.class);

    static final String RATE_LIMITED = "rate-limited";
    private static final String QUIET_HOURS = "quiet-hours";
    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final Duration HALT = Duration.ofMinutes(5);
    /** Then a text is no news any more. */
    static final Duration GIVE_UP = Duration.ofHours(24);

    private final Tenant tenant;
    private final Provider provider;
    private final Verdicts verdicts;
    private final OptOuts optOuts;
    private final Limits limits;
    private final Clients clients;
    private final Clock clock;
    private final MeterRegistry metrics;

    HandOver(
            Tenant tenant,
            Provider provider,
            Verdicts verdicts,
            OptOuts optOuts,
            Limits limits,
            Clients clients,
            Clock clock,
            MeterRegistry metrics) {
        this.tenant = tenant;
        this.provider = provider;
        this.verdicts = verdicts;
        this.optOuts = optOuts;
        this.limits = limits;
        this.clients = clients;
        this.clock = clock;
        this.metrics = metrics;
    }

    Uni<Void> deliver(Claimed text) {
        return unlessUnwanted(text, this::begin)
                .chain(begun -> begun ? unlessUnwanted(text, this::post).replaceWithVoid() : nothing());
    }

    /** One transaction with the number's lock, in which the text fails if it must not go out any more. */
    private Uni<Boolean> unlessUnwanted(Claimed text, BiFunction<SqlConnection, Claimed, Uni<Boolean>> step) {
        return tenant.sql(
                text.clientId(),
                connection -> objection(connection, text)
                        .chain(objection -> objection == null
                                ? step.apply(connection, text)
                                : verdicts.failed(connection, text, objection)
                                        .invoke(() -> count(objection))
                                        .replaceWith(false)));
    }

    /**
     * Within the limits the text may be posted from here on; beyond them it waits, or fails where waiting is worse. One that was
     * due by day and comes up at night waits for the morning.
     */
    private Uni<Boolean> begin(SqlConnection connection, Claimed text) {
        Instant now = clock.instant();
        Instant allowed = allowed(text, now);
        if (allowed.isAfter(now)) {
            return putOff(connection, text, QUIET_HOURS, allowed).replaceWith(false);
        }
        return limits.count(connection, text).chain(putOff -> {
            if (putOff == null) {
                return verdicts.posting(connection, text);
            }
            Uni<Void> held = text.isOfTheMoment()
                    ? verdicts.failed(connection, text, RATE_LIMITED)
                    : putOff(connection, text, RATE_LIMITED, putOff);
            return held.replaceWith(false);
        });
    }

    private Instant allowed(Claimed text, Instant at) {
        return text.timeZone() == null
                ? at
                : QuietHours.of(clients.get(text.clientId()).quietHours()).after(at, ZoneId.of(text.timeZone()));
    }

    private Uni<Boolean> post(SqlConnection connection, Claimed text) {
        return provider.send(text.clientId(), text.id(), text.phoneNumber(), text.body())
                .chain(outcome -> write(connection, text, outcome))
                .replaceWith(true);
    }

    /** Why it must not go out any more; null if it may. The lock is held from here on, so this is the last word. */
    private Uni<String> objection(SqlConnection connection, Claimed text) {
        if (!limits.mayText(text.phoneNumber())) {
            return Uni.createFrom().item("country");
        }
        return connection
                .preparedQuery("select objection($1, $2, $3, $4, $5)")
                .execute(Tuple.of(
                        text.clientId(),
                        text.phoneNumber(),
                        optOuts.pseudonym(text.clientId(), text.phoneNumber()),
                        text.id(),
                        utc(clock.instant())))
                .map(rows -> rows.iterator().next().getString(0));
    }

    private Uni<Void> write(SqlConnection connection, Claimed text, Outcome outcome) {
        count(outcome.getClass().getSimpleName().toLowerCase());
        Instant now = clock.instant();
        if (outcome instanceof Outcome.Taken taken) {
            return verdicts.sent(connection, text, taken.message());
        } else if (outcome instanceof Outcome.Refused refused) {
            LOG.warnf("text %s to %s refused: %s", text.id(), Phones.mask(text.phoneNumber()), refused.errorCode());
            return limits.giveBack(connection, text)
                    .chain(() -> verdicts.failed(connection, text, refused.errorCode()));
        } else if (outcome instanceof Outcome.OptedOut) {
            return limits.giveBack(connection, text)
                    .chain(() -> optOuts.add(
                            connection, text.phoneNumber(), "opted-out", "provider", "error 21610", text.id()))
                    .chain(() -> verdicts.failed(connection, text, Integer.toString(Outcome.UNSUBSCRIBED)));
        } else if (outcome instanceof Outcome.Later later) {
            return later(
                    connection,
                    text,
                    later.errorCode(),
                    now.plus(later.pause().orElseGet(() -> backOff(text.attempts()))));
        } else if (outcome instanceof Outcome.Halted halted) {
            LOG.errorf("%s cannot send texts: %s; next try in %s", text.clientId(), halted.errorCode(), HALT);
            return later(connection, text, halted.errorCode(), now.plus(HALT));
        }
        LOG.warnf("text %s to %s may have been taken: %s", text.id(), Phones.mask(text.phoneNumber()), outcome);
        return verdicts.uncertain(connection, text, now.plus(Reconciliation.FIRST_LOOK), 0);
    }

    private Uni<Void> later(SqlConnection connection, Claimed text, String errorCode, Instant dueAt) {
        return limits.giveBack(connection, text).chain(() -> putOff(connection, text, errorCode, dueAt));
    }

    private Uni<Void> putOff(SqlConnection connection, Claimed text, String errorCode, Instant dueAt) {
        return text.createdAt().plus(GIVE_UP).isBefore(clock.instant())
                ? verdicts.failed(connection, text, errorCode)
                : verdicts.later(connection, text, dueAt, errorCode);
    }

    /** Doubles from 2 s to 5 min; half of it is chance, so that a crowd does not come back as a crowd. */
    static Duration backOff(int attempts) {
        long longest = Math.min(FIRST_WAIT.toMillis() << Math.min(attempts - 1, 20), LONGEST_WAIT.toMillis());
        return Duration.ofMillis(longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2 + 1));
    }

    private static Uni<Void> nothing() {
        return Uni.createFrom().voidItem();
    }

    private void count(String outcome) {
        metrics.counter("frontdesk_sms_handovers", "outcome", outcome).increment();
    }
}
