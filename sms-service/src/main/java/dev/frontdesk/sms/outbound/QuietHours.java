package dev.frontdesk.sms.outbound;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** The local hours in which nobody wants a reminder: from the start, inclusive, to the end, exclusive; may span midnight. */
public record QuietHours(LocalTime start, LocalTime end) {

    /** {@code HH:mm-HH:mm}; equal ends mean never quiet. */
    public static QuietHours of(String text) {
        String[] ends = text.trim().split("\\s*-\\s*");
        return new QuietHours(LocalTime.parse(ends[0]), LocalTime.parse(ends[1]));
    }

    /** The moment itself, or the end of the quiet hours it falls in. */
    public Instant after(Instant at, ZoneId zone) {
        ZonedDateTime local = at.atZone(zone);
        LocalTime time = local.toLocalTime();
        boolean spansMidnight = end.isBefore(start);
        boolean begun = !time.isBefore(start);
        boolean over = !time.isBefore(end);
        boolean quiet = spansMidnight ? begun || !over : begun && !over;
        if (!quiet) {
            return at;
        }
        return local.toLocalDate()
                .plusDays(spansMidnight && begun ? 1 : 0)
                .atTime(end)
                .atZone(zone)
                .toInstant();
    }
}
