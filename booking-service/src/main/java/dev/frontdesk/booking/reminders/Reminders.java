package dev.frontdesk.booking.reminders;

import dev.frontdesk.booking.Booking;
import dev.frontdesk.booking.Bookings;
import dev.frontdesk.booking.catalogue.Catalogue;
import dev.frontdesk.booking.catalogue.Catalogues;
import dev.frontdesk.outbox.Outbox;
import dev.frontdesk.settings.Clients;
import dev.frontdesk.tenancy.Tenant;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Says when a reminder is due: once per booking, time and rule, whichever instance comes first, and not in the client's
 * quiet hours. After an outage the rule that is nearest to the appointment is still worth saying; those before it, those
 * that came due before the time was booked, and those of an appointment that has begun are not.
 */
@ApplicationScoped
class Reminders {

    private static final Logger LOG = Logger.getLogger(Reminders.class);
    private static final int BATCH = 200;

    private final Tenant tenant;
    private final Clients clients;
    private final Catalogues catalogues;
    private final Outbox outbox;
    private final Clock clock;
    private final MeterRegistry metrics;

    Reminders(
            Tenant tenant, Clients clients, Catalogues catalogues, Outbox outbox, Clock clock, MeterRegistry metrics) {
        this.tenant = tenant;
        this.clients = clients;
        this.catalogues = catalogues;
        this.outbox = outbox;
        this.clock = clock;
        this.metrics = metrics;
    }

    @Scheduled(every = "${frontdesk.reminders.every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> remind() {
        Instant now = clock.instant();
        return Multi.createFrom()
                .iterable(clients.all().keySet())
                .filter(client -> !isQuiet(client, now))
                .onItem()
                .transformToUniAndConcatenate(client -> remind(client, now)
                        .onFailure()
                        .invoke(e -> LOG.errorf(e, "no reminders for client %s", client))
                        .onFailure()
                        .recoverWithNull())
                .onItem()
                .ignoreAsUni();
    }

    private boolean isQuiet(String client, Instant now) {
        Clients.Client settings = clients.get(client);
        LocalTime local = now.atZone(settings.timeZone()).toLocalTime();
        return QuietHours.of(settings.quietHours()).include(local);
    }

    private Uni<Void> remind(String client, Instant now) {
        return tenant.transaction(client, () -> catalogues.fresh().chain(catalogue -> rules(catalogue, now)));
    }

    private Uni<Void> rules(Catalogue catalogue, Instant now) {
        List<Duration> rules = catalogue.rules().reminders();
        return Multi.createFrom()
                .range(0, rules.size())
                .onItem()
                .transformToUniAndConcatenate(
                        i -> rule(rules.get(i), i + 1 < rules.size() ? rules.get(i + 1) : Duration.ZERO, now))
                .onItem()
                .ignoreAsUni();
    }

    /** @param next the lead time of the rule that follows, from when on this one is no longer useful */
    private Uni<Void> rule(Duration rule, Duration next, Instant now) {
        return due(rule, next, now)
                .chain(bookings -> Multi.createFrom()
                        .iterable(bookings)
                        .onItem()
                        .transformToUniAndConcatenate(booking -> claim(booking, rule, now))
                        .onItem()
                        .ignoreAsUni());
    }

    private static Uni<List<Booking>> due(Duration rule, Duration next, Instant now) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("""
                                select cast(b.id as text), b.version from bookings b
                                where b.status in ('pending', 'confirmed', 'scheduled')
                                  and b.scheduled_at > ?1 and b.scheduled_at <= ?2
                                  and b.time_changed_at <= b.scheduled_at - make_interval(secs => ?3)
                                  and not exists (select from reminders r where r.booking_id = b.id
                                                  and r.time_version = b.time_version and r.rule = ?4)
                                order by b.scheduled_at limit ?5 for update of b skip locked
                                """, Object[].class)
                        .setParameter(1, utc(now.plus(next)))
                        .setParameter(2, utc(now.plus(rule)))
                        .setParameter(3, (double) rule.toSeconds())
                        .setParameter(4, rule.toString())
                        .setParameter(5, BATCH)
                        .getResultList()
                        .chain(rows -> session.createQuery("from Booking where id in :ids", Booking.class)
                                .setParameter(
                                        "ids", rows.stream().map(Bookings::id).toList())
                                .getResultList()));
    }

    private Uni<Void> claim(Booking booking, Duration rule, Instant now) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("""
                                insert into reminders (booking_id, time_version, rule, claimed_at) values (?1, ?2, ?3, ?4)
                                on conflict do nothing
                                """)
                        .setParameter(1, booking.id())
                        .setParameter(2, booking.snapshot().timeVersion())
                        .setParameter(3, rule.toString())
                        .setParameter(4, utc(now))
                        .executeUpdate())
                .chain(claimed -> claimed == 0 ? Uni.createFrom().voidItem() : outbox.append(booking.remind(rule, now)))
                .invoke(() -> metrics.counter("frontdesk_reminders_due", "rule", rule.toString())
                        .increment());
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
