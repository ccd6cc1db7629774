package dev.frontdesk.sms.outbound;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;

/** A text that this process, and no other, is about to hand over, or whose fate it looks into. */
record Claimed(
        UUID id,
        String clientId,
        String phoneNumber,
        String body,
        String purpose,
        int segments,
        int attempts,
        Instant createdAt,
        Instant claimedAt,
        String timeZone) {

    /** The columns {@link #of} reads. */
    static final String COLUMNS =
            "id, client_id, phone_number, message_body, purpose, segments, attempts, created_at, claimed_at, time_zone";

    /** Whether it is worse late than never. */
    boolean isOfTheMoment() {
        return "reply".equals(purpose) || "text-back".equals(purpose);
    }

    static Claimed of(Row row) {
        return new Claimed(
                row.getUUID("id"),
                row.getString("client_id"),
                row.getString("phone_number"),
                row.getString("message_body"),
                row.getString("purpose"),
                row.getInteger("segments") == null ? 1 : row.getInteger("segments"),
                row.getInteger("attempts"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("claimed_at").toInstant(),
                row.getString("time_zone"));
    }
}
