package dev.frontdesk.booking.availability;

import java.time.Instant;
import java.util.Locale;

/** A time that this client does not offer, whoever asks; answered as 422 with the reason and the next free times. */
public final class NotBookable extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why; the word in the answer is the lower-case name with hyphens. */
    public enum Reason {
        CLOSED("We are closed at that time"),
        PAST("That time is past"),
        TOO_SOON("That is too short notice"),
        BEYOND_HORIZON("That is further ahead than bookings are taken"),
        NONEXISTENT_TIME("The clocks skip that time on that day");

        private final String detail;

        Reason(String detail) {
            this.detail = detail;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Reason reason;
    private final transient Instant wanted;

    /** @param wanted the time asked for, or the nearest that exists */
    public NotBookable(Reason reason, Instant wanted) {
        super(reason.detail, null, false, false);
        this.reason = reason;
        this.wanted = wanted;
    }

    public Reason reason() {
        return reason;
    }

    Instant wanted() {
        return wanted;
    }
}
