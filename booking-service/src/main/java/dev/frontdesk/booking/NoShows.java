package dev.frontdesk.booking;

import dev.frontdesk.booking.catalogue.Catalogues;
import dev.frontdesk.outbox.Outbox;
import dev.frontdesk.settings.Clients;
import dev.frontdesk.tenancy.Tenant;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/** Closes what nobody closed: a booking that was to take place, and of which nobody said that it did, after the client's grace. */
@ApplicationScoped
class NoShows {

    private static final Logger LOG = Logger.getLogger(NoShows.class);
    private static final String SWEEP = "sweep";
    private static final int BATCH = 200;

    private final Tenant tenant;
    private final Clients clients;
    private final Catalogues catalogues;
    private final Outbox outbox;
    private final Clock clock;

    NoShows(Tenant tenant, Clients clients, Catalogues catalogues, Outbox outbox, Clock clock) {
        this.tenant = tenant;
        this.clients = clients;
        this.catalogues = catalogues;
        this.outbox = outbox;
        this.clock = clock;
    }

    @Scheduled(every = "${frontdesk.no-shows.every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return Multi.createFrom()
                .iterable(clients.all().keySet())
                .onItem()
                .transformToUniAndConcatenate(client -> sweep(client, now)
                        .onFailure()
                        .invoke(e -> LOG.errorf(e, "no no-show sweep for client %s", client))
                        .onFailure()
                        .recoverWithNull())
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> sweep(String client, Instant now) {
        return tenant.transaction(
                client,
                () -> catalogues
                        .fresh()
                        .chain(catalogue -> missed(now.minus(catalogue.rules().noShowGrace())))
                        .chain(bookings -> Multi.createFrom()
                                .iterable(bookings)
                                .onItem()
                                .transformToUniAndConcatenate(booking -> close(booking, now))
                                .onItem()
                                .ignoreAsUni()));
    }

    private static Uni<List<Booking>> missed(Instant endedBefore) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("""
                                select cast(b.id as text), b.version from bookings b
                                where b.status in ('confirmed', 'scheduled')
                                  and b.scheduled_at + make_interval(mins => coalesce(b.duration_minutes, 0)) < ?1
                                order by b.scheduled_at limit ?2 for update of b skip locked
                                """, Object[].class)
                        .setParameter(1, utc(endedBefore))
                        .setParameter(2, BATCH)
                        .getResultList()
                        .chain(rows -> session.createQuery("from Booking where id in :ids", Booking.class)
                                .setParameter(
                                        "ids", rows.stream().map(Bookings::id).toList())
                                .getResultList()));
    }

    private Uni<Void> close(Booking booking, Instant now) {
        return outbox.append(booking.missed(now))
                .chain(Panache::getSession)
                .chain(session -> note(session, booking, now));
    }

    private static Uni<Void> note(Mutiny.Session session, Booking booking, Instant now) {
        return session.persist(new BookingChange(booking, "no-show", SWEEP, "nobody said otherwise", now))
                .chain(session::flush);
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
