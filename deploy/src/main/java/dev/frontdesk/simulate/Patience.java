package dev.frontdesk.simulate;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for what takes a moment. */
final class Patience {
    private static final Duration LOOK = Duration.ofMillis(100);

    private Patience() {}

    /** Looks again and again; answers whether it came true in time. */
    static boolean until(Duration atMost, BooleanSupplier isTrue) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!isTrue.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return true;
    }
}
