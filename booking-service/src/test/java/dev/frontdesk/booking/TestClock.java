package dev.frontdesk.booking;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The services' clock in tests: it runs, from wherever a test sets it. */
@Singleton
public class TestClock extends Clock {

    /** A Monday morning in New York, six days before the clocks go forward there. */
    public static final Instant MONDAY = Instant.parse("2026-03-02T14:00:00Z");

    private volatile Duration offset = Duration.between(Instant.now(), MONDAY);

    public void set(Instant now) {
        offset = Duration.between(Instant.now(), now);
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(offset);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
