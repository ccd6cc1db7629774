package dev.frontdesk.booking.calendar;

import dev.frontdesk.events.BookingSnapshot;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * Bookings as iCalendar (RFC 5545), which every calendar program reads. A booking keeps its UID for life; SEQUENCE counts
 * its versions, so that a moved or cancelled one replaces what was shown before.
 */
final class Ical {

    static final String MEDIA_TYPE = "text/calendar;charset=UTF-8";

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int LINE_OCTETS = 75;

    private final StringBuilder text = new StringBuilder();

    private Ical() {}

    /** A feed to subscribe to. */
    static String feed(String name, List<BookingSnapshot> bookings, Instant now) {
        Ical calendar = new Ical();
        calendar.begin("PUBLISH");
        calendar.line("X-WR-CALNAME:" + escaped(name));
        bookings.forEach(booking -> calendar.event(booking, now));
        return calendar.end();
    }

    /** One booking to add to a calendar, or to take out of it once it is cancelled. */
    static String invitation(BookingSnapshot booking, Instant now) {
        Ical calendar = new Ical();
        calendar.begin("cancelled".equals(booking.status()) ? "CANCEL" : "PUBLISH");
        calendar.event(booking, now);
        return calendar.end();
    }

    private void begin(String method) {
        line("BEGIN:VCALENDAR");
        line("VERSION:2.0");
        line("PRODID:-//Frontdesk//Bookings//EN");
        line("CALSCALE:GREGORIAN");
        line("METHOD:" + method);
    }

    private void event(BookingSnapshot it, Instant now) {
        Duration length = Duration.ofMinutes(it.durationMinutes() == null ? 0 : it.durationMinutes());
        line("BEGIN:VEVENT");
        line("UID:" + it.id() + "@frontdesk.dev");
        line("SEQUENCE:" + (it.version() - 1));
        line("DTSTAMP:" + UTC.format(now));
        line("DTSTART:" + UTC.format(it.scheduledAt()));
        line("DTEND:" + UTC.format(it.scheduledAt().plus(length)));
        line("STATUS:" + status(it.status()));
        line("SUMMARY:" + escaped("%s: %s".formatted(serviceName(it), it.customerName())));
        line("DESCRIPTION:"
                + escaped("Reference %s, %s, %s".formatted(it.reference(), it.customerPhone(), it.status())));
        if (it.pickupAddress() != null) {
            line("LOCATION:" + escaped(it.pickupAddress()));
        }
        line("END:VEVENT");
    }

    private String end() {
        line("END:VCALENDAR");
        return text.toString();
    }

    private static String serviceName(BookingSnapshot it) {
        return it.serviceName() == null ? it.serviceType() : it.serviceName();
    }

    private static String status(String status) {
        return switch (status) {
            case "cancelled" -> "CANCELLED";
            case "pending" -> "TENTATIVE";
            default -> "CONFIRMED";
        };
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace(";", "\\;")
                .replace(",", "\\,")
                .replaceAll("\\R", "\\\\n")
                .replaceAll("\\p{Cntrl}", "");
    }

    /** Folds after 75 octets, never inside a character. */
    private void line(String content) {
        int octets = 0;
        for (int i = 0; i < content.length(); ) {
            int point = content.codePointAt(i);
            int size = Character.toString(point).getBytes(StandardCharsets.UTF_8).length;
            if (octets + size > LINE_OCTETS) {
                text.append("\r\n ");
                octets = 1;
            }
            text.appendCodePoint(point);
            octets += size;
            i += Character.charCount(point);
        }
        text.append("\r\n");
    }
}
