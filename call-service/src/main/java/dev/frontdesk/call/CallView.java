package dev.frontdesk.call;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * A call as staff see it in a list: the seed's columns and ours, but for the transcript. {@code recordingUrl} is where we
 * serve the recording from; the provider's address stays with us.
 */
public record CallView(
        UUID id,
        Instant createdAt,
        Instant updatedAt,
        String phoneNumber,
        String customerName,
        int duration,
        String status,
        String callType,
        String recordingUrl,
        BigDecimal cost,
        String notes,
        String sentiment,
        UUID bookingId,
        String provider,
        String providerCallId,
        String carrierCallId,
        String providerStatus,
        String endedReason,
        Instant startedAt,
        Instant answeredAt,
        Instant endedAt,
        String summary,
        Boolean recordingConsent,
        long version) {

    /** A call read by itself. */
    public record Full(@JsonUnwrapped CallView call, String transcript) {
        static Full of(Row row) {
            return new Full(CallView.of(row), row.getString("transcript"));
        }
    }

    /** What {@link #of} needs. */
    static final String COLUMNS = """
            id, created_at, updated_at, phone_number, customer_name, duration, status, call_type,
            recording_url is not null as has_recording, cost, notes, sentiment, booking_id, provider, provider_call_id,
            carrier_call_id, provider_status, ended_reason, started_at, answered_at, ended_at, summary,
            recording_consent, version""";

    static CallView of(Row row) {
        UUID id = row.getUUID("id");
        return new CallView(
                id,
                at(row, "created_at"),
                at(row, "updated_at"),
                row.getString("phone_number"),
                row.getString("customer_name"),
                row.getInteger("duration"),
                row.getString("status"),
                row.getString("call_type"),
                row.getBoolean("has_recording") ? "/api/calls/" + id + "/recording" : null,
                row.getBigDecimal("cost"),
                row.getString("notes"),
                row.getString("sentiment"),
                row.getUUID("booking_id"),
                row.getString("provider"),
                row.getString("provider_call_id"),
                row.getString("carrier_call_id"),
                row.getString("provider_status"),
                row.getString("ended_reason"),
                at(row, "started_at"),
                at(row, "answered_at"),
                at(row, "ended_at"),
                row.getString("summary"),
                row.getBoolean("recording_consent"),
                row.getLong("version"));
    }

    private static Instant at(Row row, String column) {
        OffsetDateTime at = row.getOffsetDateTime(column);
        return at == null ? null : at.toInstant();
    }
}
