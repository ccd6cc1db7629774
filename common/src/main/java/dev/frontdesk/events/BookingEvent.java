package dev.frontdesk.events;

import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;

/** What happens to bookings; published by booking-service on {@code frontdesk.bookings}, keyed by booking id. */
public sealed interface BookingEvent extends DomainEvent {

    /** The booking as it was right after the event. */
    BookingSnapshot booking();

    @Override
    default String aggregateType() {
        return "bookings";
    }

    @Override
    default String aggregateId() {
        return booking().id().toString();
    }

    @JsonTypeName("booking.created.v1")
    record Created(Instant occurredAt, @JsonUnwrapped BookingSnapshot booking) implements BookingEvent {}

    @JsonTypeName("booking.confirmed.v1")
    record Confirmed(Instant occurredAt, @JsonUnwrapped BookingSnapshot booking) implements BookingEvent {}

    /** The time changed; {@code previousScheduledAt} is the one given up. */
    @JsonTypeName("booking.rescheduled.v1")
    record Rescheduled(
            Instant occurredAt,
            Instant previousScheduledAt,
            @JsonUnwrapped BookingSnapshot booking) implements BookingEvent {}

    @JsonTypeName("booking.cancelled.v1")
    record Cancelled(Instant occurredAt, @JsonUnwrapped BookingSnapshot booking) implements BookingEvent {}

    @JsonTypeName("booking.completed.v1")
    record Completed(Instant occurredAt, @JsonUnwrapped BookingSnapshot booking) implements BookingEvent {}

    @JsonTypeName("booking.no-show.v1")
    record NoShow(Instant occurredAt, @JsonUnwrapped BookingSnapshot booking) implements BookingEvent {}

    @JsonTypeName("booking.payment-changed.v1")
    record PaymentChanged(Instant occurredAt, @JsonUnwrapped BookingSnapshot booking) implements BookingEvent {}

    /** A reminder rule of the client came due for this version; {@code rule} is its lead time, such as {@code PT24H}. */
    @JsonTypeName("booking.reminder-due.v1")
    record ReminderDue(
            Instant occurredAt, String rule, @JsonUnwrapped BookingSnapshot booking) implements BookingEvent {}

    /** Anything else that changed, such as notes or a name. */
    @JsonTypeName("booking.updated.v1")
    record Updated(Instant occurredAt, @JsonUnwrapped BookingSnapshot booking) implements BookingEvent {}
}
