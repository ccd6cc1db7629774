package dev.frontdesk.http;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The query string of a list: {@code limit} (1 to 200, default 50), {@code cursor} and the filters its endpoint names.
 *
 * <p>Everything wrong in it is a {@link BadRequest}: an unknown name, a name given twice, a malformed value. A filter
 * that is present but empty counts as absent.
 */
public final class ListQuery {
    /** Rows per page when the caller names no limit. */
    public static final int DEFAULT_LIMIT = 50;

    /** The most rows one page may have. */
    public static final int MAX_LIMIT = 200;

    private final Map<String, String> values;
    private final ZoneId zone;

    private ListQuery(Map<String, String> values, ZoneId zone) {
        this.values = values;
        this.zone = zone;
    }

    /**
     * Reads a request's query.
     *
     * @param zone the client's zone, in which dates are days
     * @param filters the names allowed besides {@code limit} and {@code cursor}
     */
    public static ListQuery of(UriInfo uri, ZoneId zone, String... filters) {
        return of(uri.getQueryParameters(), zone, filters);
    }

    /** As {@link #of(UriInfo, ZoneId, String...)}, from decoded parameters. */
    public static ListQuery of(MultivaluedMap<String, String> parameters, ZoneId zone, String... filters) {
        TreeSet<String> known = new TreeSet<>(List.of(filters));
        known.addAll(List.of("limit", "cursor"));
        parameters.forEach((name, given) -> {
            if (!known.contains(name)) {
                throw new BadRequest("Unknown filter '%s'; known: %s".formatted(name, String.join(", ", known)));
            }
            if (given.size() > 1) {
                throw new BadRequest(name + ": given more than once");
            }
            if (given.get(0).indexOf('\0') >= 0) {
                throw new BadRequest(name + ": holds a NUL character");
            }
        });
        ListQuery query = new ListQuery(
                parameters.entrySet().stream()
                        .filter(it -> !it.getValue().get(0).isBlank())
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, it -> it.getValue().get(0))),
                zone);
        query.limit();
        query.cursor();
        return query;
    }

    /** Rows per page, 1 to 200. Fetch one more, see {@link Page#of}. */
    public int limit() {
        return number("limit")
                .map(limit -> {
                    if (limit < 1 || limit > MAX_LIMIT) {
                        throw new BadRequest("limit: must be from 1 to " + MAX_LIMIT);
                    }
                    return limit;
                })
                .orElse(DEFAULT_LIMIT);
    }

    /** Where to go on, empty for the first page. */
    public Optional<Cursor> cursor() {
        return text("cursor").map(Cursor::decode);
    }

    /** A filter as written (a phone keeps its leading blank, which was a '+'). */
    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** A filter that must be one of the given words. */
    public Optional<String> oneOf(String name, Collection<String> words) {
        return text(name).map(word -> {
            if (!words.contains(word)) {
                throw new BadRequest("%s: must be one of %s".formatted(name, String.join(", ", new TreeSet<>(words))));
            }
            return word;
        });
    }

    /** A whole number. */
    public Optional<Integer> number(String name) {
        return text(name).map(text -> {
            try {
                return Integer.valueOf(text);
            } catch (NumberFormatException e) {
                throw new BadRequest(name + ": not a whole number");
            }
        });
    }

    /** {@code true} or {@code false}. */
    public Optional<Boolean> flag(String name) {
        return oneOf(name, List.of("true", "false")).map(Boolean::valueOf);
    }

    /** An id. */
    public Optional<UUID> id(String name) {
        return text(name).map(text -> {
            try {
                return UUID.fromString(text);
            } catch (IllegalArgumentException e) {
                throw new BadRequest(name + ": not a UUID");
            }
        });
    }

    /** The first moment of filter {@code from} (a date of the client's zone, or an instant): rows at or after it. */
    public Optional<Instant> from() {
        return text("from").map(text -> Dates.start("from", text, zone));
    }

    /**
     * The end of filter {@code to}, exclusive: rows strictly before it. A date counts whole, an instant counts itself.
     * Before {@code from} it is a {@link BadRequest}.
     */
    public Optional<Instant> before() {
        Optional<Instant> before = text("to").map(text -> Dates.end("to", text, zone));
        if (before.isPresent()
                && from().filter(from -> !from.isBefore(before.get())).isPresent()) {
            throw new BadRequest("from: is after to");
        }
        return before;
    }

    /** A local date. */
    public Optional<LocalDate> date(String name) {
        return text(name).map(text -> Dates.date(name, text));
    }

    /**
     * The inclusive local days {@code from} to {@code to}; a missing end is today's, or {@code from} where that is later, a
     * missing start so many days before.
     *
     * @param today the client's local date
     * @param days the length, in days, when {@code from} is missing
     * @param most the longest range allowed, in days
     */
    public Days days(LocalDate today, int days, int most) {
        LocalDate to =
                date("to").orElseGet(() -> date("from").filter(today::isBefore).orElse(today));
        LocalDate from = date("from").orElse(to.minusDays(days - 1L));
        return Days.of(from, to, most);
    }

    /** Local days, both ends included. */
    public record Days(LocalDate from, LocalDate to) {
        /** Checks order and length: a {@link BadRequest} when the end precedes the start or the range is too long. */
        public static Days of(LocalDate from, LocalDate to, int most) {
            if (to.isBefore(from)) {
                throw new BadRequest("from: is after to");
            }
            if (ChronoUnit.DAYS.between(from, to) >= most) {
                throw new BadRequest("from, to: at most %d days".formatted(most));
            }
            return new Days(from, to);
        }
    }
}
