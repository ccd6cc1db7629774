package dev.frontdesk.customer;

import dev.frontdesk.events.BookingEvent;
import dev.frontdesk.events.BookingSnapshot;
import dev.frontdesk.events.CallEvent;
import dev.frontdesk.events.CallSnapshot;
import dev.frontdesk.events.DomainEvent;
import dev.frontdesk.events.SmsEvent;
import dev.frontdesk.events.SmsSnapshot;
import dev.frontdesk.phone.Phones;
import dev.frontdesk.privacy.Pseudonyms;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A call, a text or a booking, seen as a sign of life of the person behind the number: one entry of their timeline, and
 * what it tells about them ({@code name}, {@code email}, {@code address}, each null if nothing). {@code gone}: it turned out to
 * be another one, and is shown nowhere.
 */
record Encounter(
        String kind,
        UUID id,
        long version,
        String phone,
        Instant at,
        Instant createdAt,
        String summary,
        NameSource nameSource,
        String name,
        String email,
        String address,
        boolean gone) {

    /** Empty for events that are no such sign, and for withheld numbers, which belong to nobody. */
    static Optional<Encounter> of(DomainEvent event, String region) {
        Encounter encounter = null;
        if (event instanceof BookingEvent it && !(event instanceof BookingEvent.ReminderDue)) {
            encounter = of(it.booking());
        } else if (event instanceof CallEvent it) {
            encounter = of(it.call());
        } else if (event instanceof SmsEvent it) {
            encounter = of(it.message());
        }
        return Optional.ofNullable(encounter).flatMap(it -> it.ofNumber(region));
    }

    /** The same under the one spelling of its number; of whoever was erased, under the pseudonym. */
    private Optional<Encounter> ofNumber(String region) {
        Optional<String> number = Pseudonyms.isPseudonym(phone) ? Optional.of(phone) : Phones.parse(phone, region);
        return number.map(it ->
                new Encounter(kind, id, version, it, at, createdAt, summary, nameSource, name, email, address, gone));
    }

    private static Encounter of(BookingSnapshot it) {
        String name = NameSource.learnable(it.customerName());
        return new Encounter(
                "booking",
                it.id(),
                it.version(),
                it.customerPhone(),
                it.createdAt(),
                it.createdAt(),
                "%s on %s at %s, %s (%s)"
                        .formatted(
                                it.serviceName() == null ? it.serviceType() : it.serviceName(),
                                it.appointmentDate(),
                                it.appointmentTime(),
                                it.status(),
                                it.reference()),
                name == null ? NameSource.NONE : NameSource.BOOKING,
                name,
                it.customerEmail(),
                it.pickupAddress(),
                false);
    }

    private static Encounter of(CallSnapshot it) {
        String name = NameSource.learnable(it.customerName());
        Instant at = it.startedAt() == null ? it.createdAt() : it.startedAt();
        String length = it.duration() == 0 ? null : length(Duration.ofSeconds(it.duration()));
        return new Encounter(
                "call",
                it.id(),
                it.version(),
                it.phoneNumber(),
                at,
                it.createdAt(),
                sentence((it.callType() == null ? "" : it.callType() + " ") + "call", it.status(), length),
                name == null ? NameSource.NONE : NameSource.CALL,
                name,
                null,
                null,
                it.mergedInto() != null);
    }

    private static Encounter of(SmsSnapshot it) {
        String what = "inbound".equals(it.direction()) ? "text received" : "text " + it.status();
        return new Encounter(
                "text",
                it.id(),
                it.version(),
                it.phoneNumber(),
                it.createdAt(),
                it.createdAt(),
                sentence(what, it.purpose(), failure(it.errorCode())),
                NameSource.NONE,
                null,
                null,
                null,
                false);
    }

    private static String sentence(String... parts) {
        String text = Stream.of(parts).filter(part -> part != null).collect(Collectors.joining(", "));
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** The carrier's codes are numbers, ours are words. */
    private static String failure(String code) {
        return code == null || !Character.isDigit(code.charAt(0)) ? code : "error " + code;
    }

    private static String length(Duration duration) {
        return duration.toMinutes() == 0
                ? duration.toSeconds() + " s"
                : "%d min %d s".formatted(duration.toMinutes(), duration.toSecondsPart());
    }
}
