package dev.frontdesk.booking.availability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.booking.catalogue.Catalogue;
import dev.frontdesk.booking.catalogue.Closure;
import dev.frontdesk.booking.catalogue.OpeningHours;
import dev.frontdesk.booking.catalogue.Resource;
import dev.frontdesk.booking.catalogue.Samples;
import dev.frontdesk.booking.catalogue.Service;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is offered is what is accepted, for any hours, closures, lengths and zones, around the days the clocks change. */
class OfferPropertiesTest {

    private static final Instant MARCH = Instant.parse("2026-03-04T12:00:00Z");

    /** A catalogue with its one service, and a stretch of days to ask about. */
    record Shop(Catalogue catalogue, Service service, Instant now, LocalDate from, LocalDate to) {}

    @Property(tries = 300)
    void whateverIsOfferedIsAccepted(@ForAll("shops") Shop shop) {
        Timetable timetable = new Timetable(shop.catalogue());
        for (Instant start : timetable.starts(Visit.of(shop.service()), shop.from(), shop.to(), shop.now())) {
            assertThat(accepts(timetable, shop, start)).as("%s", start).isTrue();
            ZoneId zone = shop.catalogue().zone();
            assertThat(LocalTimes.instant(LocalTimes.date(start, zone), LocalTimes.time(start, zone), zone))
                    .isEqualTo(start);
        }
    }

    @Property(tries = 300)
    void whateverIsAcceptedOnTheGridIsOffered(@ForAll("shops") Shop shop) {
        Timetable timetable = new Timetable(shop.catalogue());
        Set<Instant> offered =
                Set.copyOf(timetable.starts(Visit.of(shop.service()), shop.from(), shop.to(), shop.now()));
        ZoneId zone = shop.catalogue().zone();
        Set<Instant> accepted = shop.from()
                .minusDays(1)
                .datesUntil(shop.to().plusDays(1))
                .flatMap(day -> shop.catalogue().hours().stream()
                        .filter(hours -> hours.isOn(day))
                        .flatMap(hours -> java.util.stream.Stream.iterate(
                                hours.opensOn(day),
                                at -> at.isBefore(hours.closesOn(day)),
                                at -> at.plus(shop.service().step()))))
                .filter(at -> !at.toLocalDate().isBefore(shop.from())
                        && !at.toLocalDate().isAfter(shop.to()))
                .filter(at -> !zone.getRules().getValidOffsets(at).isEmpty())
                .map(at -> at.atZone(zone).withEarlierOffsetAtOverlap().toInstant())
                .filter(start -> accepts(timetable, shop, start))
                .collect(Collectors.toSet());
        assertThat(offered).containsAll(accepted);
    }

    private static boolean accepts(Timetable timetable, Shop shop, Instant start) {
        try {
            return !timetable
                    .require(Visit.of(shop.service()), new WantedTime.Moment(start, false), shop.now())
                    .isEmpty();
        } catch (NotBookable refused) {
            return false;
        }
    }

    @Provide
    Arbitrary<Shop> shops() {
        Arbitrary<ZoneId> zones = Arbitraries.of(
                        "America/New_York",
                        "Europe/Berlin",
                        "UTC",
                        "Asia/Kathmandu",
                        "Pacific/Apia",
                        "America/Los_Angeles")
                .map(ZoneId::of);
        Arbitrary<Service> services = Combinators.combine(
                        Arbitraries.integers().between(5, 600),
                        Arbitraries.integers().between(0, 60),
                        Arbitraries.of(15, 20, 30, 45, 60))
                .as(Samples::service);
        Arbitrary<Instant> now =
                Arbitraries.integers().between(0, 40 * 24 * 60).map(it -> MARCH.plus(Duration.ofMinutes(it)));
        return Combinators.combine(
                        zones,
                        services,
                        hours().list().ofMaxSize(14),
                        gaps().list().ofMaxSize(3),
                        now)
                .as(OfferPropertiesTest::shop);
    }

    private static Shop shop(
            ZoneId zone, Service service, List<OpeningHours> hours, List<Duration[]> gaps, Instant now) {
        List<Resource> resources = List.of(Samples.resource("one"), Samples.resource("two"));
        List<Closure> closures = gaps.stream()
                .map(it -> new Closure(
                        it[0].toMinutes() % 2 == 0 ? null : resources.get(0).id(),
                        now.plus(it[0]),
                        now.plus(it[0]).plus(it[1]),
                        null))
                .toList();
        LocalDate today = now.atZone(zone).toLocalDate();
        return new Shop(
                Samples.catalogue(zone, Duration.ofMinutes(90), 10, service, resources, hours, closures),
                service,
                now,
                today,
                today.plusDays(12));
    }

    private static Arbitrary<OpeningHours> hours() {
        Arbitrary<LocalTime> times =
                Arbitraries.integers().between(0, 95).map(it -> LocalTime.MIDNIGHT.plusMinutes(it * 15L));
        return Combinators.combine(Arbitraries.of(DayOfWeek.class), times, times)
                .as(OpeningHours::new);
    }

    private static Arbitrary<Duration[]> gaps() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 12 * 24 * 60),
                        Arbitraries.integers().between(1, 3 * 24 * 60))
                .as((from, length) -> new Duration[] {Duration.ofMinutes(from), Duration.ofMinutes(length)});
    }
}
