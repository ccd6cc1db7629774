package dev.frontdesk.analytics.counting;

import dev.frontdesk.events.BookingEvent;
import dev.frontdesk.events.BookingSnapshot;
import dev.frontdesk.events.CallEvent;
import dev.frontdesk.events.CallSnapshot;
import dev.frontdesk.events.DomainEvent;
import dev.frontdesk.events.Events;
import dev.frontdesk.events.SmsEvent;
import dev.frontdesk.events.SmsSnapshot;
import dev.frontdesk.privacy.Pseudonyms;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What one call, booking or text adds to the numbers, at one version: the whole truth about it, so that the newest version
 * replaces every older one.
 *
 * @param phone E.164, or the pseudonym of an erased person, or null when nobody can be called by it
 * @param occurredAt the moment that decides day and hour, in the client's zone
 * @param counts false for a call that turned out to be another one
 * @param paid the amount paid for a booking, else 0
 */
record Fact(
        Kind kind,
        UUID id,
        long version,
        String phone,
        ZonedDateTime occurredAt,
        String status,
        String direction,
        String provider,
        String sentiment,
        String source,
        String service,
        String purpose,
        BigDecimal cost,
        BigDecimal paid,
        UUID bookingId,
        boolean counts) {

    /** What is counted. */
    enum Kind {
        CALLS,
        BOOKINGS,
        TEXTS;

        /** As the tables and the API say it. */
        String word() {
            return name().toLowerCase();
        }
    }

    private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{1,14}");
    private static final Comparator<Fact> BY_KEY =
            Comparator.comparing(Fact::kind).thenComparing(Fact::id);

    /**
     * The fact an event tells.
     *
     * @param zone the client's, which decides what a day is
     * @throws Events.Unreadable when the event is none that is counted, or lacks the moment that decides its day
     */
    static Fact of(DomainEvent event, ZoneId zone) {
        if (event instanceof CallEvent it) {
            return of(it.call(), zone);
        }
        if (event instanceof BookingEvent it) {
            return of(it.booking(), zone);
        }
        if (event instanceof SmsEvent it) {
            return of(it.message(), zone);
        }
        throw new Events.Unreadable("a " + event.type() + " is not counted");
    }

    /** Of several versions of the same thing the newest, in the order in which every batch takes its locks. */
    static List<Fact> newest(Collection<Fact> facts) {
        return facts.stream()
                .collect(Collectors.toMap(
                        fact -> List.of(fact.kind, fact.id),
                        Function.identity(),
                        BinaryOperator.maxBy(Comparator.comparingLong(Fact::version))))
                .values()
                .stream()
                .sorted(BY_KEY)
                .toList();
    }

    private static Fact of(CallSnapshot call, ZoneId zone) {
        Instant start = call.startedAt() == null ? call.createdAt() : call.startedAt();
        return new Fact(
                Kind.CALLS,
                call.id(),
                call.version(),
                reachable(call.phoneNumber()),
                local(start, zone),
                call.status(),
                call.callType(),
                call.provider(),
                call.sentiment(),
                null,
                null,
                null,
                amount(call.cost()),
                BigDecimal.ZERO,
                call.bookingId(),
                call.mergedInto() == null);
    }

    private static Fact of(BookingSnapshot booking, ZoneId zone) {
        return new Fact(
                Kind.BOOKINGS,
                booking.id(),
                booking.version(),
                reachable(booking.customerPhone()),
                local(booking.createdAt(), zone),
                booking.status(),
                null,
                null,
                null,
                booking.source(),
                booking.serviceType(),
                null,
                BigDecimal.ZERO,
                "paid".equals(booking.paymentStatus()) ? amount(booking.paymentAmount()) : BigDecimal.ZERO,
                null,
                true);
    }

    private static Fact of(SmsSnapshot text, ZoneId zone) {
        return new Fact(
                Kind.TEXTS,
                text.id(),
                text.version(),
                reachable(text.phoneNumber()),
                local(text.createdAt(), zone),
                text.status(),
                text.direction(),
                null,
                null,
                null,
                null,
                text.purpose(),
                amount(text.cost()),
                BigDecimal.ZERO,
                text.bookingId(),
                true);
    }

    private static ZonedDateTime local(Instant at, ZoneId zone) {
        if (at == null) {
            throw new Events.Unreadable("started_at or created_at is missing");
        }
        return at.atZone(zone);
    }

    private static String reachable(String phone) {
        return phone != null && (E164.matcher(phone).matches() || Pseudonyms.isPseudonym(phone)) ? phone : null;
    }

    private static BigDecimal amount(BigDecimal given) {
        return given == null ? BigDecimal.ZERO : given;
    }
}
