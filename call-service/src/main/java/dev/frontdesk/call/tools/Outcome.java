package dev.frontdesk.call.tools;

import java.util.UUID;

/**
 * What came of a tool.
 *
 * @param sentence for the model to say; never more than it needs
 * @param bookingId the booking that was made, else null
 * @param remark what staff should see at the call, else null
 */
record Outcome(boolean ok, String sentence, UUID bookingId, String remark) {

    static Outcome good(String sentence) {
        return new Outcome(true, sentence, null, null);
    }

    static Outcome refused(String sentence) {
        return new Outcome(false, sentence, null, null);
    }

    Outcome booked(UUID id) {
        return new Outcome(ok, sentence, id, remark);
    }

    Outcome remark(String note) {
        return new Outcome(ok, sentence, bookingId, note);
    }
}
