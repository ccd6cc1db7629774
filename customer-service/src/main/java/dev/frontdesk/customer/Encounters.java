package dev.frontdesk.customer;

import dev.frontdesk.events.CounterEvent;
import dev.frontdesk.outbox.Outbox;
import dev.frontdesk.privacy.Pseudonyms;
import dev.frontdesk.tenancy.Trace;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;

/**
 * What the other services tell about people, written down here: the timeline, the customer behind the number (found or
 * created), the counters. In any order and any number of times; each step compares versions. One statement and one round trip
 * per event: functions of V15 bind the client, take the number's turn and do it.
 */
@ApplicationScoped
class Encounters {

    private static final String WRITE_DOWN =
            "select note_encounter($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";

    private static final String COUNT = "select note_counters($1, $2, $3, $4, $5, $6, $7)";

    private final Pool pool;
    private final Outbox outbox;
    private final Clock clock;

    Encounters(Pool pool, Outbox outbox, Clock clock) {
        this.pool = pool;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** The timeline entry if it is news, and the event if with it the customer changed. */
    Uni<Void> writeDown(String clientId, Encounter encounter) {
        return pool.preparedQuery(WRITE_DOWN)
                .execute(tuple(clientId, encounter))
                .map(rows -> rows.iterator().next().getBoolean(0))
                .invoke(changed -> {
                    if (changed) {
                        outbox.wake();
                    }
                })
                .replaceWithVoid();
    }

    /** The number's counters if they are newer, then the sum over its owner's numbers. */
    Uni<Void> count(String clientId, CounterEvent.Changed counters) {
        return pool.preparedQuery(COUNT)
                .execute(Tuple.tuple(Arrays.asList(
                        clientId,
                        counters.phone(),
                        counters.version(),
                        counters.totalBookings(),
                        counters.totalCalls(),
                        utc(counters.lastContact()),
                        counters.totalSpent())))
                .replaceWithVoid();
    }

    private Tuple tuple(String clientId, Encounter it) {
        return Tuple.tuple(Arrays.asList(
                clientId,
                it.kind(),
                it.id(),
                it.version(),
                it.phone(),
                utc(it.at()),
                it.summary(),
                utc(it.createdAt()),
                it.gone(),
                it.name(),
                it.nameSource().word(),
                it.email(),
                it.address(),
                !Pseudonyms.isPseudonym(it.phone()),
                utc(clock.instant()),
                Trace.parent()));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
