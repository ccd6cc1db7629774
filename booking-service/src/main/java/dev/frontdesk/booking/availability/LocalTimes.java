package dev.frontdesk.booking.availability;

import dev.frontdesk.http.Unprocessable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The seed's two texts: a date YYYY-MM-DD and a time HH:MM AM/PM, always the local rendering of an instant. */
public final class LocalTimes {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("hh:mm a", Locale.US);
    private static final Pattern SPOKEN =
            Pattern.compile("(\\d{1,2})(?::(\\d{2}))?(?::00)?\\s*([ap])\\.?\\s*m\\.?", Pattern.CASE_INSENSITIVE);
    private static final Pattern CLOCK = Pattern.compile("(\\d{1,2}):(\\d{2})(?::00)?");

    private LocalTimes() {}

    /** The day, {@code 2026-03-08}. */
    public static String date(Instant at, ZoneId zone) {
        return DATE.format(at.atZone(zone));
    }

    /** The time of day, {@code 02:30 PM}. */
    public static String time(Instant at, ZoneId zone) {
        return TIME.format(at.atZone(zone));
    }

    /**
     * The instant of a local date and time; of the two in the hour that is repeated, the first.
     *
     * @throws Unprocessable when a text is not of its form
     * @throws NotBookable when the clocks skip that time
     */
    public static Instant instant(String date, String time, ZoneId zone) {
        LocalDateTime local = parseDate(date).atTime(parseTime(time));
        if (zone.getRules().getValidOffsets(local).isEmpty()) {
            throw new NotBookable(
                    NotBookable.Reason.NONEXISTENT_TIME, local.atZone(zone).toInstant());
        }
        return local.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
    }

    private static LocalDate parseDate(String text) {
        try {
            LocalDate date = LocalDate.parse(text.trim(), DATE);
            if (date.getYear() < 1 || date.getYear() > 9998) {
                throw Unprocessable.field("appointment_date", "is out of range");
            }
            return date;
        } catch (DateTimeException e) {
            throw Unprocessable.field("appointment_date", "must be a date, YYYY-MM-DD");
        }
    }

    /** {@code 02:30 PM}, {@code 2:30pm}, {@code 2 PM}, {@code 14:30}. */
    private static LocalTime parseTime(String text) {
        Matcher spoken = SPOKEN.matcher(text.trim());
        Matcher clock = CLOCK.matcher(text.trim());
        try {
            if (spoken.matches()) {
                int hour = Integer.parseInt(spoken.group(1));
                int minute = spoken.group(2) == null ? 0 : Integer.parseInt(spoken.group(2));
                if (hour >= 1 && hour <= 12) {
                    boolean afternoon = spoken.group(3).equalsIgnoreCase("p");
                    return LocalTime.of(hour % 12 + (afternoon ? 12 : 0), minute);
                }
            } else if (clock.matches()) {
                return LocalTime.of(Integer.parseInt(clock.group(1)), Integer.parseInt(clock.group(2)));
            }
        } catch (DateTimeException e) {
            // Hour 25 or minute 61: answered below, like any other text that is no time.
        }
        throw Unprocessable.field("appointment_time", "must be a time, HH:MM AM/PM or 24 h HH:MM");
    }
}
