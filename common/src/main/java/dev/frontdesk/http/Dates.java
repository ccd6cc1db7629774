package dev.frontdesk.http;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;

/** Reads the two spellings of a moment in a filter: a local date of the client's zone, or an RFC 3339 instant. */
final class Dates {
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private Dates() {}

    /** The first moment the text covers. */
    static Instant start(String name, String text, ZoneId zone) {
        return isDate(text) ? date(name, text).atStartOfDay(zone).toInstant() : instant(name, text);
    }

    /** The first moment after what the text covers; an instant covers one microsecond, PostgreSQL's step. */
    static Instant end(String name, String text, ZoneId zone) {
        return isDate(text)
                ? date(name, text).plusDays(1).atStartOfDay(zone).toInstant()
                : instant(name, text).plusNanos(1_000);
    }

    static LocalDate date(String name, String text) {
        try {
            LocalDate date = LocalDate.parse(text);
            requireStorable(date.atStartOfDay(ZoneId.of("UTC")).toInstant(), name);
            return date;
        } catch (DateTimeParseException e) {
            throw new BadRequest(name + ": not a date (YYYY-MM-DD)");
        }
    }

    static void requireStorable(Instant at, String name) {
        if (at.isBefore(FIRST) || at.isAfter(LAST)) {
            throw new BadRequest(name + ": out of range");
        }
    }

    private static boolean isDate(String text) {
        return text.length() == "2026-01-31".length();
    }

    private static Instant instant(String name, String text) {
        try {
            // A '+' that nobody escaped arrives as a space.
            Instant at = OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
            requireStorable(at, name);
            return at;
        } catch (DateTimeParseException e) {
            throw new BadRequest(name + ": neither a date (YYYY-MM-DD) nor an RFC 3339 time");
        }
    }
}
