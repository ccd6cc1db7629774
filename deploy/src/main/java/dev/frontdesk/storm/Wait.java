package dev.frontdesk.storm;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for something that must come. */
final class Wait {
    private Wait() {}

    /** Returns after how many seconds it was so; {@code what} did not happen if it never was. */
    static double until(int seconds, String what, BooleanSupplier isSo) {
        long since = System.nanoTime();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() - since > Duration.ofSeconds(seconds).toNanos()) {
                throw new Unmet("not within %d s: %s".formatted(seconds, what));
            }
            pause(20);
        }
        return (System.nanoTime() - since) / 1e9;
    }

    static void pause(long millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }
}
