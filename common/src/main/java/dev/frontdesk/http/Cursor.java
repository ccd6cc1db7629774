package dev.frontdesk.http;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.Base64;
import java.util.UUID;

/**
 * Where a list goes on: the sort time and the id of the last row shown (keyset paging). Opaque to callers.
 *
 * <p>The next page is the rows with {@code (at, id) < (cursor.at, cursor.id)}, newest first.
 */
public record Cursor(Instant at, UUID id) {
    private static final int BYTES = Long.BYTES + Integer.BYTES + 2 * Long.BYTES;

    /** A place in a list that has no times. */
    public static Cursor of(UUID id) {
        return new Cursor(Instant.EPOCH, id);
    }

    /** The wire form: base64url without padding, 38 characters. */
    public String encode() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES)
                .putLong(at.getEpochSecond())
                .putInt(at.getNano())
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** Reads {@link #encode()}'s form; anything else is a {@link BadRequest}. */
    public static Cursor decode(String text) {
        try {
            byte[] decoded = Base64.getUrlDecoder().decode(text);
            if (decoded.length != BYTES) {
                throw new BadRequest("The cursor is not one of ours");
            }
            ByteBuffer bytes = ByteBuffer.wrap(decoded);
            long second = bytes.getLong();
            Instant at = Instant.ofEpochSecond(second, ChronoField.NANO_OF_SECOND.checkValidIntValue(bytes.getInt()));
            Dates.requireStorable(at, "cursor");
            return new Cursor(at, new UUID(bytes.getLong(), bytes.getLong()));
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw new BadRequest("The cursor is not one of ours");
        }
    }
}
