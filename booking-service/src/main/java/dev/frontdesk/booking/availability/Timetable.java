package dev.frontdesk.booking.availability;

import dev.frontdesk.booking.catalogue.Catalogue;
import dev.frontdesk.booking.catalogue.Closure;
import dev.frontdesk.booking.catalogue.OpeningHours;
import dev.frontdesk.booking.catalogue.Resource;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * When a client can be booked, from its catalogue alone; what is taken is another matter. Both the offer and the booking
 * ask here, so that they cannot disagree. Days are the client's local days; hours that run past midnight or into the
 * next day's are one stretch.
 */
public final class Timetable {

    private record Stretch(Instant from, Instant to) {}

    private final Catalogue catalogue;
    private final ZoneId zone;

    public Timetable(Catalogue catalogue) {
        this.catalogue = catalogue;
        this.zone = catalogue.zone();
    }

    /**
     * The resources that could serve then, in the client's order.
     *
     * @throws NotBookable when it is too early, too late, or nobody works
     */
    public List<UUID> require(Visit visit, WantedTime.Moment moment, Instant now) {
        Instant start = moment.start();
        if (!start.isAfter(now)) {
            throw new NotBookable(NotBookable.Reason.PAST, start);
        }
        if (!moment.offered() && start.isBefore(earliest(now))) {
            throw new NotBookable(NotBookable.Reason.TOO_SOON, start);
        }
        if (!start.isBefore(latest(now))) {
            throw new NotBookable(NotBookable.Reason.BEYOND_HORIZON, start);
        }
        List<UUID> resources = resources(visit, start);
        if (resources.isEmpty()) {
            throw new NotBookable(NotBookable.Reason.CLOSED, start);
        }
        return resources;
    }

    /** The times on the grid of the opening hours between two local days, both included, at which somebody could serve. */
    List<Instant> starts(Visit visit, LocalDate from, LocalDate to, Instant now) {
        Instant earliest = earliest(now);
        Instant latest = latest(now);
        List<Stretch> open = open(from, to);
        return from.minusDays(1)
                .datesUntil(to.plusDays(1))
                .flatMap(day -> catalogue.hours().stream()
                        .filter(hours -> hours.isOn(day))
                        .flatMap(hours -> grid(visit, hours, day).stream()))
                .filter(local -> !local.toLocalDate().isBefore(from)
                        && !local.toLocalDate().isAfter(to))
                .filter(local -> !zone.getRules().getValidOffsets(local).isEmpty())
                .map(local -> local.atZone(zone).withEarlierOffsetAtOverlap().toInstant())
                .filter(start -> !start.isBefore(earliest) && start.isBefore(latest))
                .filter(start -> isWithin(open, start, start.plus(visit.duration())))
                .distinct()
                .sorted()
                .toList();
    }

    /** The resources that work during the whole visit; none when the business is closed. */
    List<UUID> resources(Visit visit, Instant start) {
        Instant end = start.plus(visit.duration());
        LocalDate day = start.atZone(zone).toLocalDate();
        return isWithin(open(day, day), start, end) ? working(start, end) : List.of();
    }

    List<UUID> working(Instant start, Instant end) {
        return catalogue.resources().stream()
                .map(Resource::id)
                .filter(id -> catalogue.closures().stream()
                        .noneMatch(closure -> closure.isFor(id) && closure.overlaps(start, end)))
                .toList();
    }

    private static List<LocalDateTime> grid(Visit visit, OpeningHours hours, LocalDate day) {
        List<LocalDateTime> grid = new ArrayList<>();
        LocalDateTime closes = hours.closesOn(day);
        for (LocalDateTime at = hours.opensOn(day); at.isBefore(closes); at = at.plus(visit.step())) {
            grid.add(at);
        }
        return grid;
    }

    /** When the business is open around these days: hours joined where they touch, closures cut out. */
    private List<Stretch> open(LocalDate from, LocalDate to) {
        List<Stretch> hours = from.minusDays(2)
                .datesUntil(to.plusDays(3))
                .flatMap(day -> catalogue.hours().stream()
                        .filter(it -> it.isOn(day))
                        .map(it -> new Stretch(
                                it.opensOn(day).atZone(zone).toInstant(),
                                it.closesOn(day).atZone(zone).toInstant())))
                .filter(it -> it.from().isBefore(it.to()))
                .sorted(Comparator.comparing(Stretch::from))
                .toList();
        List<Stretch> open = joined(hours);
        for (Closure closure : catalogue.closures()) {
            if (closure.isForAll()) {
                open = without(open, closure);
            }
        }
        return open;
    }

    private static List<Stretch> joined(List<Stretch> sorted) {
        List<Stretch> joined = new ArrayList<>();
        for (Stretch next : sorted) {
            Stretch last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last == null || next.from().isAfter(last.to())) {
                joined.add(next);
            } else if (next.to().isAfter(last.to())) {
                joined.set(joined.size() - 1, new Stretch(last.from(), next.to()));
            }
        }
        return joined;
    }

    private static List<Stretch> without(List<Stretch> open, Closure closure) {
        List<Stretch> left = new ArrayList<>();
        for (Stretch stretch : open) {
            if (!closure.overlaps(stretch.from(), stretch.to())) {
                left.add(stretch);
                continue;
            }
            if (stretch.from().isBefore(closure.startsAt())) {
                left.add(new Stretch(stretch.from(), closure.startsAt()));
            }
            if (closure.endsAt().isBefore(stretch.to())) {
                left.add(new Stretch(closure.endsAt(), stretch.to()));
            }
        }
        return left;
    }

    private static boolean isWithin(List<Stretch> open, Instant start, Instant end) {
        return open.stream().anyMatch(it -> !start.isBefore(it.from()) && !end.isAfter(it.to()));
    }

    private Instant earliest(Instant now) {
        Instant earliest = now.plus(catalogue.rules().leadTime());
        // What is offered must still be in the future when it is booked.
        return earliest.isAfter(now) ? earliest : now.plus(1, ChronoUnit.MICROS);
    }

    /** The end of the last local day that can be booked. */
    private Instant latest(Instant now) {
        return now.atZone(zone)
                .toLocalDate()
                .plusDays(catalogue.rules().horizonDays() + 1L)
                .atStartOfDay(zone)
                .toInstant();
    }
}
