package dev.frontdesk.call.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutboundCallsTest {

    @ParameterizedTest
    @CsvSource({
        "21:00-08:00, 20:59, false", "21:00-08:00, 21:00, true", "21:00-08:00, 03:00, true",
                "21:00-08:00, 08:00, false",
        "12:00-14:00, 13:00, true", "12:00-14:00, 14:00, false", "12:00-14:00, 03:00, false",
                "00:00-00:00, 03:00, false"
    })
    void quietHoursMaySpanMidnight(String hours, LocalTime now, boolean quiet) {
        assertThat(OutboundCalls.isQuiet(hours, now)).isEqualTo(quiet);
    }
}
