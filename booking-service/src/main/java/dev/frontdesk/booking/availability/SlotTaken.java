package dev.frontdesk.booking.availability;

import java.time.Instant;

/** A time that is offered but no longer free; answered as 409 with the next free times. */
public final class SlotTaken extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Instant wanted;

    public SlotTaken(Instant wanted) {
        super("That time is taken", null, false, false);
        this.wanted = wanted;
    }

    Instant wanted() {
        return wanted;
    }
}
