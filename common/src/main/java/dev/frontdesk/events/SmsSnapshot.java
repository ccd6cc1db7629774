package dev.frontdesk.events;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * A text at one version, without its body. {@code phoneNumber} is the customer's E.164 number; {@code purpose} says why we
 * sent it ({@code confirmation, change, cancellation, reminder, reply, text-back, staff, opt-out}; null when received);
 * {@code bookingTimeVersion} is the {@link BookingSnapshot#timeVersion} it speaks of; {@code cost} in the client's currency.
 */
public record SmsSnapshot(
        UUID id,
        long version,
        String phoneNumber,
        String direction,
        String status,
        UUID bookingId,
        Long bookingTimeVersion,
        String purpose,
        String errorCode,
        Integer segments,
        BigDecimal cost,
        Instant createdAt) {}
