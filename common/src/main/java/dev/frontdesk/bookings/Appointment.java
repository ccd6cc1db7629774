package dev.frontdesk.bookings;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/** A booking as booking-service answers it; see {@link dev.frontdesk.events.BookingSnapshot} for the fields. */
public record Appointment(
        UUID id,
        String reference,
        String customerName,
        String customerPhone,
        String serviceType,
        String serviceName,
        String appointmentDate,
        String appointmentTime,
        Instant scheduledAt,
        String timeZone,
        Integer durationMinutes,
        String status,
        Integer numberOfLoads,
        String pickupAddress,
        BigDecimal paymentAmount,
        String paymentCurrency,
        String paymentStatus,
        long version) {}
