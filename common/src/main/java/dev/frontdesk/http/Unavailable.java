package dev.frontdesk.http;

import java.time.Duration;

/** 503: something we need does not answer just now; {@code Retry-After} in whole seconds. */
public final class Unavailable extends Problem {
    public Unavailable(String detail) {
        this(detail, Duration.ofSeconds(1));
    }

    public Unavailable(String detail, Duration retryAfter) {
        super(503, "unavailable", "Temporarily unavailable", detail);
        retryAfter(retryAfter);
    }
}
