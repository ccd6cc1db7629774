package dev.frontdesk.events;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * A booking at one version. {@code appointmentDate} (YYYY-MM-DD) and {@code appointmentTime} (HH:MM AM/PM) are the local
 * rendering of {@code scheduledAt} in {@code timeZone} (IANA). {@code timeVersion} counts only changes that call for a
 * new confirmation (creation and each change of time); {@code version} counts every change.
 */
public record BookingSnapshot(
        UUID id,
        long version,
        long timeVersion,
        String reference,
        String customerName,
        String customerPhone,
        String customerEmail,
        String serviceType,
        String serviceName,
        String appointmentDate,
        String appointmentTime,
        Instant scheduledAt,
        String timeZone,
        Integer durationMinutes,
        String status,
        String source,
        String resourceId,
        Integer numberOfLoads,
        String pickupAddress,
        BigDecimal paymentAmount,
        String paymentCurrency,
        String paymentStatus,
        String cancelReason,
        Instant createdAt) {}
