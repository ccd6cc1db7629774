package dev.frontdesk.booking.availability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.frontdesk.http.Unprocessable;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalTimesTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @ValueSource(strings = {"02:30 PM", "2:30 pm", "2:30PM", "2:30 p.m.", "14:30", "14:30:00", " 02:30 PM "})
    void aTimeMayBeWrittenInManyWays(String text) {
        Instant at = LocalTimes.instant("2026-03-02", text, NEW_YORK);
        assertThat(at).isEqualTo("2026-03-02T19:30:00Z");
        assertThat(LocalTimes.time(at, NEW_YORK)).isEqualTo("02:30 PM");
        assertThat(LocalTimes.date(at, NEW_YORK)).isEqualTo("2026-03-02");
    }

    @Test
    void noonAndMidnightAreTwelve() {
        assertThat(LocalTimes.instant("2026-03-02", "12:00 PM", NEW_YORK)).isEqualTo("2026-03-02T17:00:00Z");
        assertThat(LocalTimes.instant("2026-03-02", "12 am", NEW_YORK)).isEqualTo("2026-03-02T05:00:00Z");
        assertThat(LocalTimes.time(Instant.parse("2026-03-02T05:00:00Z"), NEW_YORK))
                .isEqualTo("12:00 AM");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "25:00", "10:61", "13:00 PM", "0:30 am", "tomorrow", "10", "10:00:30"})
    void whatIsNoTimeIsRefused(String text) {
        assertThatThrownBy(() -> LocalTimes.instant("2026-03-02", text, NEW_YORK))
                .isInstanceOf(Unprocessable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2026-02-30", "02/03/2026", "2026-3-2", "-2026-03-02"})
    void whatIsNoDateIsRefused(String text) {
        assertThatThrownBy(() -> LocalTimes.instant(text, "10:00", NEW_YORK)).isInstanceOf(Unprocessable.class);
    }

    @Test
    void aTimeTheClocksSkipDoesNotExist() {
        assertThatThrownBy(() -> LocalTimes.instant("2026-03-08", "02:30 AM", NEW_YORK))
                .asInstanceOf(type(NotBookable.class))
                .extracting(NotBookable::reason)
                .isEqualTo(NotBookable.Reason.NONEXISTENT_TIME);
        assertThatThrownBy(() -> LocalTimes.instant("2026-03-29", "02:30", BERLIN))
                .isInstanceOf(NotBookable.class);
        assertThat(LocalTimes.instant("2026-03-08", "02:30", BERLIN)).isEqualTo("2026-03-08T01:30:00Z");
    }

    @Test
    void ofATimeThatComesTwiceTheFirstIsMeant() {
        assertThat(LocalTimes.instant("2026-11-01", "01:30 AM", NEW_YORK)).isEqualTo("2026-11-01T05:30:00Z");
        assertThat(LocalTimes.instant("2026-10-25", "02:30", BERLIN)).isEqualTo("2026-10-25T00:30:00Z");
    }
}
