package dev.frontdesk.sms.inbound;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What Twilio says of a text we handed over, in the seed's words, and how far that is: callbacks come unordered, repeated and
 * without time or sequence, so a rank that is not higher than the known one is old news, and the end is the end.
 */
public enum DeliveryStatus {
    ACCEPTED("sent", 1),
    SCHEDULED("sent", 2),
    QUEUED("sent", 3),
    SENDING("sent", 4),
    SENT("sent", 5),
    DELIVERED("delivered", 10),
    PARTIALLY_DELIVERED("delivered", 10),
    UNDELIVERED("failed", 10),
    FAILED("failed", 10),
    CANCELED("failed", 10),
    READ("delivered", 11);

    private final String status;
    private final int rank;

    DeliveryStatus(String status, int rank) {
        this.status = status;
        this.rank = rank;
    }

    /** By Twilio's word; empty for inbound ones and for words that are new to us. */
    public static Optional<DeliveryStatus> of(String word) {
        String name = word.trim().toUpperCase(Locale.ROOT);
        return Arrays.stream(values()).filter(it -> it.name().equals(name)).findFirst();
    }

    /** {@code sent}, {@code delivered} or {@code failed}. */
    public String status() {
        return status;
    }

    public int rank() {
        return rank;
    }

    /** Twilio's word. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
