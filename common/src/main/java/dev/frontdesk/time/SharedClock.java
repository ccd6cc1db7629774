package dev.frontdesk.time;

import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.jboss.logging.Logger;

/**
 * The one clock services read; tests replace it by a bean of their own. It is the machine's, unless that is more than a second
 * away from the database's, which all instances share: then the database's counts, so that none is early or late by itself.
 */
@Singleton
class SharedClock {

    private static final Logger LOG = Logger.getLogger(SharedClock.class);
    /** What the question itself may take, and what is not worth a correction. */
    private static final Duration TOLERANCE = Duration.ofSeconds(1);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Pool pool;
    private final InstantSource machine;
    private volatile Duration correction = Duration.ZERO;

    @Inject
    SharedClock(Pool pool) {
        this(pool, InstantSource.system());
    }

    SharedClock(Pool pool, InstantSource machine) {
        this.pool = pool;
        this.machine = machine;
    }

    @Produces
    @Singleton
    @DefaultBean
    Clock clock() {
        InstantSource shared = () -> machine.instant().plus(correction);
        return shared.withZone(ZoneOffset.UTC);
    }

    /** Before the scheduler, which starts at 0. */
    void start(@Observes @Priority(-1) StartupEvent started) {
        compare()
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithItem((Void) null)
                .await()
                .indefinitely();
    }

    /** A database that is away, or slow to answer, changes nothing. */
    @Scheduled(every = "10s", delayed = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> compare() {
        Instant asked = machine.instant();
        return pool.query("select clock_timestamp()")
                .execute()
                .map(rows -> rows.iterator().next().getOffsetDateTime(0).toInstant())
                .invoke(theirs -> correct(asked, theirs, machine.instant()))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private void correct(Instant asked, Instant theirs, Instant answered) {
        if (isLong(Duration.between(asked, answered))) {
            return;
        }
        Duration difference = Duration.between(answered, theirs);
        if (isLong(difference) && correction.isZero()) {
            LOG.warnf("This machine's clock and the database's are %s apart; the database's counts", difference.abs());
        }
        correction = isLong(difference) ? difference : Duration.ZERO;
    }

    private static boolean isLong(Duration duration) {
        return duration.abs().compareTo(TOLERANCE) > 0;
    }
}
