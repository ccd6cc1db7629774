package dev.frontdesk.booking.availability;

import dev.frontdesk.http.Unprocessable;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Base64;

/**
 * A free time as callers see it. {@code slotId} is opaque to them: it names a time that was offered once, and is good until
 * that time is taken or past.
 */
public record Slot(String slotId, Instant startsAt, Instant endsAt, String appointmentDate, String appointmentTime) {

    private static final byte FORM = 1;
    private static final int BYTES = 1 + Long.BYTES;

    static Slot of(Instant start, Instant end, ZoneId zone) {
        return new Slot(id(start), start, end, LocalTimes.date(start, zone), LocalTimes.time(start, zone));
    }

    static String id(Instant start) {
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .put(FORM)
                .putLong(start.getEpochSecond() / 60)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The start of the slot with this id, or a 422. */
    static Instant start(String slotId) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(slotId));
            if (bytes.remaining() == BYTES && bytes.get() == FORM) {
                long minute = bytes.getLong();
                if (Math.abs(minute) < 1L << 32) {
                    return Instant.ofEpochSecond(minute * 60);
                }
            }
        } catch (IllegalArgumentException e) {
            // Not even base64: answered like any other text that is no slot id.
        }
        throw Unprocessable.field("slot_id", "is none of ours; ask for the availability again");
    }
}
