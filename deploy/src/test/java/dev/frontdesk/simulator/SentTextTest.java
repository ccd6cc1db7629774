package dev.frontdesk.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A text as the simulated Twilio shows it. */
class SentTextTest {
    @ParameterizedTest
    @CsvSource({"a, 160, 1", "a, 161, 2", "a, 306, 2", "a, 307, 3", "€, 80, 1", "€, 81, 2", "ж, 70, 1", "ж, 71, 2"})
    void segmentsAreCountedAsTwilioCountsThem(String character, int times, String segments) {
        assertThat(text(character.repeat(times)).fetched().getString("num_segments"))
                .isEqualTo(segments);
    }

    @Test
    void thePriceIsToldOnlyWhenItIsKnown() {
        SentText text = text("Hello");
        assertThat(text.fetched().getString("price")).isNull();
        assertThat(text.inspected().getBoolean("price_told")).isFalse();
        text.pricedFrom(Instant.now().minusSeconds(1));
        assertThat(text.fetched().getString("price")).isEqualTo("-0.00790");
        assertThat(text.inspected().getBoolean("price_told")).isTrue();
    }

    private static SentText text(String body) {
        return new SentText("SM1", "AC1", "+15005550006", "+14155550123", body, "outbound-api", "-0.0079");
    }
}
