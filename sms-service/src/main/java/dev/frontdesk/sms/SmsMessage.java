package dev.frontdesk.sms;

import dev.frontdesk.events.SmsEvent;
import dev.frontdesk.events.SmsSnapshot;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Immutable;

/**
 * A text in or out. Staff write one here; what happens to it afterwards is the queue's and the provider's doing, in SQL.
 *
 * <p>Immutable, so that Hibernate never writes back what it has read: a value set where a field is declared counts as a change
 * to each row that is read.
 */
@Entity
@Immutable
@Table(name = "sms_messages")
public class SmsMessage {

    @Id
    UUID id;

    @Column(name = "client_id", insertable = false, updatable = false)
    String clientId;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at", insertable = false, updatable = false)
    Instant updatedAt;

    @Column(name = "phone_number")
    String phoneNumber;

    String direction;

    @Column(name = "message_body")
    String messageBody;

    String status;

    @Column(name = "booking_id")
    UUID bookingId;

    @Column(name = "booking_time_version")
    Long bookingTimeVersion;

    BigDecimal cost;

    long version;

    String provider;

    @Column(name = "provider_message_id")
    String providerMessageId;

    @Column(name = "provider_status")
    String providerStatus;

    @Column(name = "error_code")
    String errorCode;

    Integer segments;

    @Formula("cast(media as text)")
    String media;

    String purpose;

    String handover;

    @Column(name = "due_at")
    Instant dueAt;

    protected SmsMessage() {}

    /** A text by staff, due at once. */
    static SmsMessage byStaff(String phoneNumber, String body, UUID bookingId, Instant now) {
        SmsMessage message = new SmsMessage();
        message.id = UUID.randomUUID();
        message.createdAt = now.truncatedTo(ChronoUnit.MICROS);
        message.phoneNumber = phoneNumber;
        message.direction = "outbound";
        message.messageBody = body;
        message.status = "queued";
        message.cost = new BigDecimal("0.000000");
        message.version = 1;
        message.provider = "twilio";
        message.bookingId = bookingId;
        message.segments = Segments.of(body).count();
        message.purpose = "staff";
        message.handover = "waiting";
        message.dueAt = message.createdAt;
        return message;
    }

    SmsEvent queued() {
        return new SmsEvent.Queued(createdAt, snapshot());
    }

    private SmsSnapshot snapshot() {
        return new SmsSnapshot(
                id,
                version,
                phoneNumber,
                direction,
                status,
                bookingId,
                bookingTimeVersion,
                purpose,
                errorCode,
                segments,
                cost,
                createdAt);
    }
}
