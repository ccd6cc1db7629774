package dev.frontdesk.http;

import java.time.Duration;

/** 429: a limit per number, client or day is reached; {@code Retry-After} says when it opens again, in whole seconds. */
public final class TooManyRequests extends Problem {
    public TooManyRequests(Duration retryAfter) {
        this("Too many requests; try again later", retryAfter);
    }

    public TooManyRequests(String detail, Duration retryAfter) {
        super(429, "too-many-requests", "Too many requests", detail);
        retryAfter(retryAfter);
    }
}
