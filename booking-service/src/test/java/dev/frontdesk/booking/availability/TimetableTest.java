package dev.frontdesk.booking.availability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

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
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimetableTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final Instant NOW = Instant.parse("2026-03-02T14:00:00Z");

    private final Service service = Samples.service(30, 0, 30);
    private final Resource van = Samples.resource("van-1");
    private final Resource other = Samples.resource("van-2");

    private Timetable timetable(ZoneId zone, Service service, List<OpeningHours> hours, List<Closure> closures) {
        Catalogue catalogue =
                Samples.catalogue(zone, Duration.ofMinutes(60), 120, service, List.of(van, other), hours, closures);
        return new Timetable(catalogue);
    }

    private static List<OpeningHours> daily(String opens, String closes) {
        return Arrays.stream(DayOfWeek.values())
                .map(day -> new OpeningHours(day, LocalTime.parse(opens), LocalTime.parse(closes)))
                .toList();
    }

    private static List<Instant> starts(Timetable timetable, Service service, String day) {
        LocalDate date = LocalDate.parse(day);
        return timetable.starts(Visit.of(service), date, date, NOW);
    }

    private static WantedTime.Moment at(String instant) {
        return new WantedTime.Moment(Instant.parse(instant), false);
    }

    @Test
    void aDayOffersItsGridUpToTheLastServiceThatFits() {
        List<Instant> starts =
                starts(timetable(NEW_YORK, service, daily("08:00", "20:00"), List.of()), service, "2026-03-03");
        assertThat(starts)
                .hasSize(24)
                .startsWith(Instant.parse("2026-03-03T13:00:00Z"))
                .endsWith(Instant.parse("2026-03-04T00:30:00Z"));
    }

    @Test
    void todayOffersWhatTheLeadTimeLeaves() {
        List<Instant> starts =
                starts(timetable(NEW_YORK, service, daily("08:00", "20:00"), List.of()), service, "2026-03-02");
        assertThat(starts.get(0)).isEqualTo("2026-03-02T15:00:00Z");
    }

    @Test
    void theDayTheClocksGoForwardIsAnHourShorter() {
        Timetable nights = timetable(NEW_YORK, service, daily("00:00", "06:00"), List.of());
        assertThat(starts(nights, service, "2026-03-07")).hasSize(12);
        assertThat(starts(nights, service, "2026-03-08")).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void theDayTheClocksGoBackOffersEachLocalTimeOnce() {
        Service any = Samples.service(30, 0, 30);
        Instant october = Instant.parse("2026-10-20T12:00:00Z");
        Timetable nights = timetable(NEW_YORK, any, daily("00:00", "06:00"), List.of());
        LocalDate day = LocalDate.parse("2026-11-01");
        assertThat(nights.starts(Visit.of(any), day, day, october)).hasSize(12);
    }

    @Test
    void hoursPastMidnightBelongToOneStretch() {
        Service night = Samples.service(120, 0, 60);
        Timetable bar = timetable(NEW_YORK, night, daily("18:00", "02:00"), List.of());
        List<Instant> starts = starts(bar, night, "2026-03-04");
        assertThat(starts)
                .containsExactly(
                        Instant.parse("2026-03-04T05:00:00Z"),
                        Instant.parse("2026-03-04T23:00:00Z"),
                        Instant.parse("2026-03-05T00:00:00Z"),
                        Instant.parse("2026-03-05T01:00:00Z"),
                        Instant.parse("2026-03-05T02:00:00Z"),
                        Instant.parse("2026-03-05T03:00:00Z"),
                        Instant.parse("2026-03-05T04:00:00Z"));
    }

    @Test
    void oneDaysEveningAndTheNextDaysMorningAreOneStretch() {
        Service night = Samples.service(120, 0, 60);
        Timetable always = timetable(NEW_YORK, night, daily("00:00", "00:00"), List.of());
        assertThatCode(() -> always.require(Visit.of(night), at("2026-03-04T04:30:00Z"), NOW))
                .doesNotThrowAnyException();
        assertThat(starts(always, night, "2026-03-04")).hasSize(24);
    }

    @Test
    void aClosureOfTheBusinessClosesAndOneOfAResourceLeavesTheOther() {
        Instant from = Instant.parse("2026-03-03T15:00:00Z");
        Instant to = Instant.parse("2026-03-03T17:00:00Z");
        Timetable holiday =
                timetable(NEW_YORK, service, daily("08:00", "20:00"), List.of(new Closure(null, from, to, null)));
        assertThat(starts(holiday, service, "2026-03-03")).hasSize(20).doesNotContain(from);
        Timetable garage =
                timetable(NEW_YORK, service, daily("08:00", "20:00"), List.of(new Closure(van.id(), from, to, null)));
        assertThat(garage.require(Visit.of(service), at("2026-03-03T15:00:00Z"), NOW))
                .containsExactly(other.id());
        assertThat(garage.require(Visit.of(service), at("2026-03-03T17:00:00Z"), NOW))
                .containsExactly(van.id(), other.id());
    }

    @Test
    void eachRefusalHasItsReason() {
        Timetable timetable = timetable(NEW_YORK, service, daily("08:00", "20:00"), List.of());
        reason(timetable, "2026-03-02T14:00:00Z", NotBookable.Reason.PAST);
        reason(timetable, "2026-03-02T14:30:00Z", NotBookable.Reason.TOO_SOON);
        reason(timetable, "2026-08-01T14:30:00Z", NotBookable.Reason.BEYOND_HORIZON);
        reason(timetable, "2026-03-03T12:30:00Z", NotBookable.Reason.CLOSED);
        reason(timetable, "2026-03-04T00:45:00Z", NotBookable.Reason.CLOSED);
    }

    private void reason(Timetable timetable, String at, NotBookable.Reason reason) {
        assertThatThrownBy(() -> timetable.require(Visit.of(service), at(at), NOW))
                .asInstanceOf(type(NotBookable.class))
                .extracting(NotBookable::reason)
                .isEqualTo(reason);
    }

    @Test
    void aSlotThatWasOnOfferNeedsNoNoticeAnyMore() {
        Timetable timetable = timetable(NEW_YORK, service, daily("08:00", "20:00"), List.of());
        WantedTime.Moment offered =
                new WantedTime(Slot.id(Instant.parse("2026-03-02T14:30:00Z")), null, null, null).in(NEW_YORK);
        assertThat(timetable.require(Visit.of(service), offered, NOW)).hasSize(2);
    }

    @Test
    void theLastDayOfTheHorizonCanBeBookedWhole() {
        Timetable timetable = timetable(NEW_YORK, service, daily("08:00", "20:00"), List.of());
        assertThat(starts(timetable, service, "2026-06-30")).hasSize(24);
        assertThat(starts(timetable, service, "2026-07-01")).isEmpty();
    }
}
