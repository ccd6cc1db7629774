package dev.frontdesk.booking;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** Who changed a booking, how and why; one per version. */
@Entity
@Table(name = "booking_changes")
class BookingChange {

    @Id
    private UUID id;

    @Column(insertable = false, updatable = false)
    private String clientId;

    private UUID bookingId;
    private long version;
    private String change;
    private String actor;
    private String reason;
    private Instant changedAt;

    protected BookingChange() {}

    BookingChange(Booking booking, String change, String actor, String reason, Instant changedAt) {
        this.id = UUID.randomUUID();
        this.bookingId = booking.id;
        this.version = booking.version;
        this.change = change;
        this.actor = actor;
        this.reason = reason;
        this.changedAt = changedAt;
    }

    long version() {
        return version;
    }

    String change() {
        return change;
    }

    String actor() {
        return actor;
    }

    String reason() {
        return reason;
    }

    Instant changedAt() {
        return changedAt;
    }
}
