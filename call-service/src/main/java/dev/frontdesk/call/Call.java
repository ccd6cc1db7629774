package dev.frontdesk.call;

import dev.frontdesk.events.CallEvent;
import dev.frontdesk.events.CallSnapshot;
import dev.frontdesk.http.EntityTags;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** A call as staff may change it. What providers say about it comes in by {@link Calls#record} alone. */
@Entity
@Table(name = "calls")
class Call {

    @Id
    UUID id;

    @Column(name = "client_id", insertable = false, updatable = false)
    String clientId;

    @Column(name = "created_at", insertable = false, updatable = false)
    Instant createdAt;

    @Column(name = "phone_number", updatable = false)
    String phoneNumber;

    @Column(name = "customer_name")
    String customerName;

    @Column(updatable = false)
    int duration;

    @Column(updatable = false)
    String status;

    @Column(name = "call_type", updatable = false)
    String callType;

    @Column(name = "recording_url")
    String recordingUrl;

    String transcript;

    @Column(updatable = false)
    BigDecimal cost;

    String notes;
    String sentiment;

    @Column(name = "booking_id")
    UUID bookingId;

    @Column(updatable = false)
    String provider;

    @Column(name = "provider_call_id", updatable = false)
    String providerCallId;

    @Column(name = "ended_reason", updatable = false)
    String endedReason;

    @Column(name = "started_at", updatable = false)
    Instant startedAt;

    @Column(name = "ended_at", updatable = false)
    Instant endedAt;

    String summary;

    @Column(name = "recording_consent")
    Boolean recordingConsent;

    String[] edited;
    long version;

    protected Call() {}

    /** What staff have written; a null empties. */
    Annotations annotations() {
        return new Annotations(
                customerName, notes, transcript, recordingUrl, summary, sentiment, bookingId, recordingConsent);
    }

    /**
     * Takes over what staff have written; from now on providers leave those fields alone.
     *
     * @param ifMatch the version that was read, as an entity tag; null for any
     */
    CallEvent annotate(Annotations next, String ifMatch, Instant now) {
        EntityTags.require(ifMatch, version);
        Set<String> written = new TreeSet<>(Set.of(edited));
        customerName = write(written, "customer_name", customerName, next.customerName());
        notes = write(written, "notes", notes, next.notes());
        transcript = write(written, "transcript", transcript, next.transcript());
        recordingUrl = write(written, "recording_url", recordingUrl, next.recordingUrl());
        summary = write(written, "summary", summary, next.summary());
        sentiment = write(written, "sentiment", sentiment, next.sentiment());
        bookingId = write(written, "booking_id", bookingId, next.bookingId());
        recordingConsent = next.recordingConsent();
        edited = written.toArray(String[]::new);
        version++;
        return new CallEvent.Updated(now, snapshot());
    }

    private static <T> T write(Set<String> written, String field, T present, T next) {
        if (!Objects.equals(present, next)) {
            written.add(field);
        }
        return next;
    }

    private CallSnapshot snapshot() {
        return new CallSnapshot(
                id,
                version,
                phoneNumber,
                customerName,
                status,
                callType,
                duration,
                cost,
                sentiment,
                provider,
                providerCallId,
                endedReason,
                bookingId,
                null,
                startedAt,
                endedAt,
                createdAt);
    }
}
