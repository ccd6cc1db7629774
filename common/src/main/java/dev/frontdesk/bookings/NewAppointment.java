package dev.frontdesk.bookings;

import java.time.Instant;

/**
 * A booking to be made, at one of {@code slotId}, {@code scheduledAt}, or {@code appointmentDate} with
 * {@code appointmentTime}; {@code source} is {@code voice} or {@code sms}. The price is booking-service's.
 */
public record NewAppointment(
        String customerName,
        String customerPhone,
        String serviceType,
        String slotId,
        Instant scheduledAt,
        String appointmentDate,
        String appointmentTime,
        Integer numberOfLoads,
        String pickupAddress,
        String notes,
        String source) {}
