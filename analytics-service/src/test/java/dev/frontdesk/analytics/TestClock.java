package dev.frontdesk.analytics;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** Tests take place on Tuesday, 10 March 2026, at eleven in New York. */
public class TestClock {

    static final Instant NOW = Instant.parse("2026-03-10T15:00:00Z");

    @Produces
    @Singleton
    Clock clock() {
        return Clock.fixed(NOW, ZoneOffset.UTC);
    }
}
