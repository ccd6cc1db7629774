package dev.frontdesk.tenancy;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.smallrye.common.vertx.ContextLocals;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;

/**
 * The W3C trace context ({@code traceparent}) that rides from a webhook through the outbox to every consumer, with spans or,
 * where OpenTelemetry is off, without. Its id stands beside every log line as {@code traceId}.
 */
public final class Trace {

    private static final String KEY = "frontdesk.traceparent";
    private static final Pattern VALID = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private Trace() {}

    /** For a request: the span at hand, else the caller's {@code traceparent}, else a new trace. */
    public static void enter(String traceparent) {
        SpanContext span = Span.current().getSpanContext();
        follow(span.isValid() ? of(span) : traceparent);
    }

    /** For an event: its {@code traceparent}, or a new trace where there is none or a malformed one. */
    public static void follow(String traceparent) {
        String parent = isValid(traceparent) ? traceparent : start();
        ContextLocals.put(KEY, parent);
        MDC.put("traceId", parent.substring(3, 35));
    }

    /** The {@code traceparent} of the current request or event. */
    public static String parent() {
        return ContextLocals.<String>get(KEY).orElseGet(Trace::start);
    }

    /** The remote span that a {@code traceparent} names; an invalid one for what is none. */
    public static SpanContext context(String traceparent) {
        return isValid(traceparent)
                ? SpanContext.createFromRemoteParent(
                        traceparent.substring(3, 35),
                        traceparent.substring(36, 52),
                        TraceFlags.fromHex(traceparent, 53),
                        TraceState.getDefault())
                : SpanContext.getInvalid();
    }

    /** The {@code traceparent} that names a span. */
    public static String of(SpanContext span) {
        return "00-" + span.getTraceId() + '-' + span.getSpanId() + '-'
                + span.getTraceFlags().asHex();
    }

    private static boolean isValid(String traceparent) {
        return traceparent != null && VALID.matcher(traceparent).matches();
    }

    private static String start() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return "00-" + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong() | 1) + '-'
                + hex.toHexDigits(random.nextLong() | 1) + "-01";
    }
}
