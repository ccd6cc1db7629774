package dev.frontdesk.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.frontdesk.http.TooManyRequests;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RateLimitsTest {

    private final AtomicLong clock =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(5).toNanos());
    private final RateLimits limits =
            new RateLimits(Map.of("exports", rate("/api/.+/export", 60, 3), "off", rate("/api/.*", 0, 1)), clock::get);

    @Test
    void aBurstThenOneASecondAlsoWhenTheClockOverflows() {
        use(3);
        for (int second = 0; second < 10; second++) {
            assertThatExceptionOfType(TooManyRequests.class)
                    .isThrownBy(() -> use(1))
                    .satisfies(it -> assertThat(it.headers()).containsEntry("Retry-After", "1"));
            clock.addAndGet(Duration.ofSeconds(1).toNanos());
            use(1);
        }
        clock.addAndGet(Duration.ofMinutes(1).toNanos());
        use(3);
    }

    @Test
    void eachCallerHasTheirOwnAndOtherPathsHaveNone() {
        use(3);
        assertThatCode(() -> limits.take("/api/calls/export", "acme kim")).doesNotThrowAnyException();
        assertThatCode(() -> limits.take("/api/calls", "default kim")).doesNotThrowAnyException();
    }

    private void use(int times) {
        for (int i = 0; i < times; i++) {
            limits.take("/api/calls/export", "default kim");
        }
    }

    private static Rates.Rate rate(String path, int perMinute, int burst) {
        return new Rates.Rate() {
            @Override
            public Pattern path() {
                return Pattern.compile(path);
            }

            @Override
            public int perMinute() {
                return perMinute;
            }

            @Override
            public int burst() {
                return burst;
            }
        };
    }
}
