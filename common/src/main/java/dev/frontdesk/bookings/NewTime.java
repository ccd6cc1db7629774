package dev.frontdesk.bookings;

import java.time.Instant;

/** Another time for a booking: one of the three forms, the others null. */
public record NewTime(String slotId, Instant scheduledAt, String appointmentDate, String appointmentTime) {

    public static NewTime slot(String slotId) {
        return new NewTime(slotId, null, null, null);
    }

    /** Local date (YYYY-MM-DD) and time (HH:MM AM/PM, or 24 h) of the client. */
    public static NewTime local(String date, String time) {
        return new NewTime(null, null, date, time);
    }
}
