package dev.frontdesk.tenancy;

import io.smallrye.common.vertx.ContextLocals;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** The W3C trace context ({@code traceparent}) that rides from a webhook through the outbox to every consumer. */
public final class Trace {

    private static final String KEY = "frontdesk.traceparent";
    private static final Pattern VALID = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private Trace() {}

    /** Takes over the caller's {@code traceparent}, or starts a trace where there is none or a malformed one. */
    public static void enter(String traceparent) {
        boolean valid = traceparent != null && VALID.matcher(traceparent).matches();
        ContextLocals.put(KEY, valid ? traceparent : start());
    }

    /** The {@code traceparent} of the current request or event. */
    public static String parent() {
        return ContextLocals.<String>get(KEY).orElseGet(Trace::start);
    }

    private static String start() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "00-%016x%016x-%016x-01".formatted(random.nextLong(), random.nextLong() | 1, random.nextLong() | 1);
    }
}
