package dev.frontdesk.security;

import dev.frontdesk.http.TooManyRequests;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Lets each caller have a burst and then a steady rate (the generic cell rate algorithm: one number per caller and limit,
 * the time at which all that was let in would have been due). Beyond it 429, with the second at which to come again.
 */
@ApplicationScoped
class RateLimits {

    private static final int REMEMBERED = 20_000;

    private final List<Map.Entry<String, Rates.Rate>> rates;
    private final LongSupplier nanos;
    private final Map<String, Long> due = new ConcurrentHashMap<>();

    @Inject
    RateLimits(Rates rates) {
        this(rates.all(), System::nanoTime);
    }

    RateLimits(Map<String, Rates.Rate> rates, LongSupplier nanos) {
        this.rates = rates.entrySet().stream()
                .filter(it -> it.getValue().perMinute() > 0)
                .toList();
        this.nanos = nanos;
    }

    /** @throws TooManyRequests when the caller has used up a limit that covers this path */
    void take(String path, String caller) {
        for (Map.Entry<String, Rates.Rate> rate : rates) {
            if (rate.getValue().path().matcher(path).matches()) {
                take(rate.getKey() + ' ' + caller, rate.getValue());
            }
        }
    }

    private void take(String key, Rates.Rate rate) {
        long now = nanos.getAsLong();
        long apart = Duration.ofMinutes(1).toNanos() / rate.perMinute();
        long ahead = apart * rate.burst();
        forgetIdle(now);
        long[] wait = {0};
        due.compute(key, (it, last) -> {
            long next = (last == null || last - now < 0 ? now : last) + apart;
            wait[0] = next - now - ahead;
            return wait[0] > 0 ? last : Long.valueOf(next);
        });
        if (wait[0] > 0) {
            throw new TooManyRequests(Duration.ofNanos(wait[0]));
        }
    }

    /** Whose time is past starts anew anyway. */
    private void forgetIdle(long now) {
        if (due.size() > REMEMBERED) {
            due.values().removeIf(last -> last - now < 0);
        }
    }
}
