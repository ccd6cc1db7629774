package dev.frontdesk.sms.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class QuietHoursTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final QuietHours NIGHT = QuietHours.of("21:00-08:00");

    @Test
    void byDayNothingWaits() {
        Instant noon = Instant.parse("2026-11-23T17:00:00Z");
        assertThat(NIGHT.after(noon, NEW_YORK)).isEqualTo(noon);
        Instant eight = Instant.parse("2026-11-23T13:00:00Z");
        assertThat(NIGHT.after(eight, NEW_YORK)).isEqualTo(eight);
    }

    @Test
    void theEveningAndTheNightWaitForTheMorning() {
        assertThat(NIGHT.after(Instant.parse("2026-11-24T02:00:00Z"), NEW_YORK))
                .isEqualTo(Instant.parse("2026-11-24T13:00:00Z"));
        assertThat(NIGHT.after(Instant.parse("2026-11-24T12:59:59Z"), NEW_YORK))
                .isEqualTo(Instant.parse("2026-11-24T13:00:00Z"));
    }

    @Test
    void theMorningComesEarlierWhenTheClocksGoForward() {
        assertThat(NIGHT.after(Instant.parse("2026-03-08T05:00:00Z"), NEW_YORK))
                .isEqualTo(Instant.parse("2026-03-08T12:00:00Z"));
        assertThat(NIGHT.after(Instant.parse("2026-11-01T04:00:00Z"), NEW_YORK))
                .isEqualTo(Instant.parse("2026-11-01T13:00:00Z"));
    }

    @Test
    void hoursWithinOneDayAndNoHoursWork() {
        Instant noon = Instant.parse("2026-11-23T12:00:00Z");
        ZoneId utc = ZoneId.of("UTC");
        assertThat(QuietHours.of("11:30-14:00").after(noon, utc)).isEqualTo(Instant.parse("2026-11-23T14:00:00Z"));
        assertThat(QuietHours.of("13:00-14:00").after(noon, utc)).isEqualTo(noon);
        assertThat(QuietHours.of("00:00-00:00").after(noon, utc)).isEqualTo(noon);
    }
}
