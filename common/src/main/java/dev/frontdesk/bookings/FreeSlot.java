package dev.frontdesk.bookings;

import java.time.Instant;

/** A time that can be booked by its {@code slotId}; date (YYYY-MM-DD) and time (HH:MM AM/PM) are the client's local ones. */
public record FreeSlot(
        String slotId, Instant startsAt, Instant endsAt, String appointmentDate, String appointmentTime) {}
