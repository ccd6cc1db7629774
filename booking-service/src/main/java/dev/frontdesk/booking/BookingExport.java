package dev.frontdesk.booking;

import java.util.Arrays;
import java.util.List;

/** The columns of the CSV export, in its order. */
final class BookingExport {

    static final List<String> COLUMNS = List.of(
            "reference",
            "status",
            "appointment_date",
            "appointment_time",
            "scheduled_at",
            "time_zone",
            "duration_minutes",
            "service_type",
            "customer_name",
            "customer_phone",
            "customer_email",
            "number_of_loads",
            "pickup_address",
            "payment_amount",
            "payment_currency",
            "payment_status",
            "source",
            "notes",
            "cancel_reason",
            "created_at",
            "id");

    private BookingExport() {}

    static List<Object> row(Booking it) {
        return Arrays.asList(
                it.reference,
                it.status,
                it.appointmentDate,
                it.appointmentTime,
                it.scheduledAt,
                it.timeZone,
                it.durationMinutes,
                it.serviceType,
                it.customerName,
                it.customerPhone,
                it.customerEmail,
                it.numberOfLoads,
                it.pickupAddress,
                it.paymentAmount,
                it.paymentCurrency,
                it.paymentStatus,
                it.source,
                it.notes,
                it.cancelReason,
                it.createdAt,
                it.id);
    }
}
