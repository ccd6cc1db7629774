package dev.frontdesk.booking.availability;

import dev.frontdesk.http.Unprocessable;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;

/** When someone wants to be served, said in exactly one of three ways. */
public record WantedTime(String slotId, Instant scheduledAt, String appointmentDate, String appointmentTime) {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9998-12-31T23:59:59Z");

    /** @param offered true for a slot id: the time was on offer when it was shown, so notice is no question any more */
    public record Moment(Instant start, boolean offered) {}

    /** The instant meant, in the client's zone. */
    public Moment in(ZoneId zone) {
        boolean local = appointmentDate != null || appointmentTime != null;
        long ways = Stream.of(slotId != null, scheduledAt != null, local)
                .filter(Boolean::booleanValue)
                .count();
        if (ways != 1) {
            throw new Unprocessable(
                    "Give exactly one of slot_id, scheduled_at, or appointment_date with appointment_time");
        }
        if (slotId != null) {
            return new Moment(Slot.start(slotId), true);
        }
        return new Moment(local ? local(zone) : wholeMinute(), false);
    }

    private Instant wholeMinute() {
        if (!scheduledAt.equals(scheduledAt.truncatedTo(ChronoUnit.MINUTES))) {
            throw Unprocessable.field("scheduled_at", "must be a whole minute");
        }
        if (scheduledAt.isBefore(FIRST) || scheduledAt.isAfter(LAST)) {
            throw Unprocessable.field("scheduled_at", "is out of range");
        }
        return scheduledAt;
    }

    private Instant local(ZoneId zone) {
        if (appointmentDate == null) {
            throw Unprocessable.field("appointment_date", "must be given with appointment_time");
        }
        if (appointmentTime == null) {
            throw Unprocessable.field("appointment_time", "must be given with appointment_date");
        }
        return LocalTimes.instant(appointmentDate, appointmentTime, zone);
    }
}
