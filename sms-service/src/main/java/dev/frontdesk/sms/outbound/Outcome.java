package dev.frontdesk.sms.outbound;

import dev.frontdesk.sms.outbound.TwilioApi.Message;
import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What came of handing a text over. The question behind it is whether it may have been taken: only a text that certainly was
 * not is ever posted again. Source: the error table of providers.md A8.
 */
sealed interface Outcome {

    /** Twilio has it. */
    record Taken(Message message) implements Outcome {}

    /** Certainly not taken, and never will be. */
    record Refused(String errorCode) implements Outcome {}

    /** Twilio says the recipient opted out (21610). */
    record OptedOut() implements Outcome {}

    /** Certainly not taken, but may be later. */
    record Later(String errorCode, Optional<Duration> pause) implements Outcome {}

    /** Our account or its configuration is at fault: nothing of this client can be sent until somebody acts. */
    record Halted(String errorCode) implements Outcome {}

    /** A time-out, a lost connection or a 5xx: it may have been taken. Never posted again; the list of messages decides. */
    record Unclear(String reason) implements Outcome {}

    /** Rate (20429), the queue of the From number (21611), the queue of the account (30001). */
    Set<Integer> PASSING = Set.of(20429, 21611, 30001);

    /** Credentials, suspended account. */
    Set<Integer> ACCOUNT = Set.of(20003, 20005, 30002);

    int UNSUBSCRIBED = 21610;

    static Outcome of(Message message) {
        return message == null || message.sid() == null ? new Unclear("no sid") : new Taken(message);
    }

    static Outcome of(Throwable failure) {
        return causes(failure)
                .map(Outcome::understand)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> new Unclear(failure.getClass().getSimpleName()));
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(10);
    }

    private static Outcome understand(Throwable cause) {
        if (cause instanceof Refusal refusal) {
            return understand(refusal);
        }
        boolean neverConnected = cause instanceof ConnectException
                || cause instanceof UnknownHostException
                || cause instanceof ConnectTimeoutException;
        return neverConnected ? new Later("not-connected", Optional.empty()) : null;
    }

    private static Outcome understand(Refusal refusal) {
        String code = Integer.toString(refusal.code() == 0 ? refusal.status() : refusal.code());
        if (refusal.status() == 429 || PASSING.contains(refusal.code())) {
            return new Later(code, refusal.retryAfter());
        } else if (refusal.code() == UNSUBSCRIBED) {
            return new OptedOut();
        } else if (refusal.code() / 1000 == 21) {
            // About this text or this number, whatever the status: a country that is not enabled comes as 403.
            return new Refused(code);
        } else if (refusal.status() == 401 || refusal.status() == 403 || ACCOUNT.contains(refusal.code())) {
            return new Halted(code);
        }
        return refusal.status() >= 500 || refusal.status() == 408 ? new Unclear(code) : new Refused(code);
    }
}
