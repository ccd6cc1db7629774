package dev.frontdesk.booking.availability;

import dev.frontdesk.booking.catalogue.Catalogue;
import dev.frontdesk.booking.catalogue.Catalogues;
import dev.frontdesk.http.Conflict;
import dev.frontdesk.http.Problem;
import dev.frontdesk.http.Unprocessable;
import dev.frontdesk.tenancy.Tenant;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is free: the timetable less what is taken. */
@ApplicationScoped
public class Availability {

    private static final int ALTERNATIVES = 5;
    /** Mostly enough, and a tenth of the work when a hundred are refused at once. */
    private static final int NEAR_DAYS = 1;
    /** Where none of the next two weeks is free, a person has to help. */
    private static final int SEARCHED_DAYS = 14;

    private static final Duration LONGEST_SLOT = Duration.ofHours(32);

    private final Tenant tenant;
    private final Catalogues catalogues;
    private final Clock clock;

    Availability(Tenant tenant, Catalogues catalogues, Clock clock) {
        this.tenant = tenant;
        this.catalogues = catalogues;
        this.clock = clock;
    }

    /** The free times of a service between two local days, both included. */
    Uni<List<Slot>> slots(String serviceType, LocalDate from, LocalDate to) {
        return tenant.transaction(() -> catalogues
                .fresh()
                .chain(catalogue ->
                        free(catalogue, visit(catalogue, serviceType), from, to).map(Stream::toList)));
    }

    /** Today where the client is. */
    Uni<LocalDate> today() {
        return catalogues.last().map(it -> clock.instant().atZone(it.zone()).toLocalDate());
    }

    /**
     * Turns "that time is not to be had" into its answer, with the next free times of the service; any other failure stays
     * what it is.
     */
    public Uni<Throwable> answer(Throwable failure, String serviceType) {
        return answer(failure, catalogue -> visit(catalogue, serviceType));
    }

    /** As {@link #answer(Throwable, String)}, with times for a visit that was agreed on before. */
    public Uni<Throwable> answer(Throwable failure, Function<Catalogue, Visit> visit) {
        if (failure instanceof SlotTaken taken) {
            return alternatives(visit, taken.wanted()).map(slots -> conflict(taken, slots));
        }
        if (failure instanceof NotBookable refused) {
            return alternatives(visit, refused.wanted()).map(slots -> unprocessable(refused, slots));
        }
        return Uni.createFrom().item(failure);
    }

    private static Visit visit(Catalogue catalogue, String serviceType) {
        return Visit.of(catalogue.service(serviceType));
    }

    private static Problem conflict(SlotTaken taken, List<Slot> alternatives) {
        return new Conflict(taken.getMessage()).type("slot-taken").with("alternatives", alternatives);
    }

    private static Problem unprocessable(NotBookable refused, List<Slot> alternatives) {
        return new Unprocessable(refused.getMessage())
                .type("not-bookable")
                .with("reason", refused.reason().word())
                .with("alternatives", alternatives);
    }

    private Uni<List<Slot>> alternatives(Function<Catalogue, Visit> wished, Instant wanted) {
        return tenant.transaction(() -> catalogues.fresh().chain(catalogue -> {
            Visit visit = wished.apply(catalogue);
            Instant from = within(catalogue, wanted);
            return next(catalogue, visit, from, NEAR_DAYS)
                    .chain(near -> near.size() == ALTERNATIVES
                            ? Uni.createFrom().item(near)
                            : next(catalogue, visit, from, SEARCHED_DAYS));
        }));
    }

    private Uni<List<Slot>> next(Catalogue catalogue, Visit visit, Instant from, int days) {
        LocalDate day = from.atZone(catalogue.zone()).toLocalDate();
        return free(catalogue, visit, day, day.plusDays(days))
                .map(slots -> slots.filter(slot -> !slot.startsAt().isBefore(from))
                        .limit(ALTERNATIVES)
                        .toList());
    }

    /** The wanted time, or now when it is past, or when it is so far ahead that the near future is the better offer. */
    private Instant within(Catalogue catalogue, Instant wanted) {
        Instant now = clock.instant();
        Instant horizon = now.atZone(catalogue.zone())
                .plusDays(catalogue.rules().horizonDays())
                .toInstant();
        return wanted.isBefore(now) || wanted.isAfter(horizon) ? now : wanted;
    }

    private Uni<Stream<Slot>> free(Catalogue catalogue, Visit visit, LocalDate from, LocalDate to) {
        Timetable timetable = new Timetable(catalogue);
        List<Instant> starts = timetable.starts(visit, from, to, clock.instant());
        if (starts.isEmpty()) {
            return Uni.createFrom().item(Stream.empty());
        }
        Instant end = starts.get(starts.size() - 1).plus(visit.duration()).plus(visit.buffer());
        return occupancy(starts.get(0), end)
                .map(occupancy -> starts.stream()
                        .filter(start -> isFree(timetable, occupancy, visit, start))
                        .map(start -> Slot.of(start, start.plus(visit.duration()), catalogue.zone())));
    }

    private static boolean isFree(Timetable timetable, Occupancy occupancy, Visit visit, Instant start) {
        Instant end = start.plus(visit.duration());
        return timetable.working(start, end).stream()
                .anyMatch(resource -> occupancy.isFree(resource, start, end.plus(visit.buffer())));
    }

    /**
     * What is taken between two instants: one row per resource, its seconds in two arrays, for rows, ranges and
     * {@code extract}'s numerics are what cost (13 ms against 5 for 8,000 bookings). The longest slot is a day and a buffer
     * of eight hours; {@code scheduled_at} is compared because row level security lets only leak-proof operators use an
     * index.
     */
    private Uni<Occupancy> occupancy(Instant from, Instant to) {
        Instant origin = from.minus(LONGEST_SLOT);
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("""
                                select cast(resource_id as text),
                                       cast(array_agg(cast(date_part('epoch', begins - cast(?1 as timestamptz)) as int)) as text),
                                       cast(array_agg(seconds) as text)
                                from (select resource_id, scheduled_at as begins,
                                             60 * (coalesce(duration_minutes, 0) + buffer_minutes) as seconds
                                      from bookings
                                      where scheduled_at > ?1 and scheduled_at < ?2 and resource_id is not null
                                        and status in ('pending', 'confirmed', 'scheduled')
                                      union all
                                      select resource_id, lower(slot), cast(date_part('epoch', upper(slot) - lower(slot)) as int)
                                      from holds where expires_at > ?3 and lower(slot) > ?1 and lower(slot) < ?2) taken
                                group by resource_id
                                """, Object[].class)
                        .setParameter(1, OffsetDateTime.ofInstant(origin, ZoneOffset.UTC))
                        .setParameter(2, OffsetDateTime.ofInstant(to, ZoneOffset.UTC))
                        .setParameter(3, OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                        .getResultList())
                .map(rows -> new Occupancy(rows.stream()
                        .collect(Collectors.toMap(
                                row -> UUID.fromString((String) row[0]),
                                row -> Taken.of(origin, (String) row[1], (String) row[2])))));
    }
}
