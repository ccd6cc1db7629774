package dev.frontdesk.call.tools;

import dev.frontdesk.bookings.Appointment;
import dev.frontdesk.bookings.DeskRefusal;
import dev.frontdesk.bookings.FreeSlot;
import dev.frontdesk.bookings.OfferedService;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Facts of bookings as sentences a voice can say. */
final class Phrases {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE, d MMMM", Locale.ENGLISH);
    private static final int MOST_TIMES = 10;

    private Phrases() {}

    static String services(List<OfferedService> services) {
        return services.stream().map(Phrases::service).collect(Collectors.joining("; "));
    }

    static String service(OfferedService it) {
        String perUnit = it.pricePerUnit() == null || it.pricePerUnit().signum() == 0
                ? ""
                : " plus %s per load, at most %s loads"
                        .formatted(it.pricePerUnit().toPlainString(), it.maxUnits());
        return "%s (service_type %s), %s %s%s, %s minutes"
                .formatted(
                        it.name(),
                        it.code(),
                        it.basePrice().toPlainString(),
                        it.currency(),
                        perUnit,
                        it.durationMinutes());
    }

    static String day(LocalDate date) {
        return DAY.format(date);
    }

    static String when(Appointment it) {
        return day(it.appointmentDate()) + " at " + it.appointmentTime();
    }

    /** Minimum disclosure: what, when, and the reference. */
    static String booking(Appointment it) {
        return "%s on %s, reference %s"
                .formatted(it.serviceName() == null ? it.serviceType() : it.serviceName(), when(it), it.reference());
    }

    static String times(List<FreeSlot> slots) {
        String listed = slots.stream()
                .limit(MOST_TIMES)
                .map(it ->
                        "%s at %s (slot_id %s)".formatted(day(it.appointmentDate()), it.appointmentTime(), it.slotId()))
                .collect(Collectors.joining("; "));
        return slots.size() > MOST_TIMES ? listed + "; and %d later ones".formatted(slots.size() - MOST_TIMES) : listed;
    }

    /** A refusal as the caller may hear it, with what is free instead. */
    static String refusal(DeskRefusal refusal) {
        String why = refusal.type().equals("slot-taken")
                ? "That time has just been taken."
                : switch (refusal.reason() == null ? "" : refusal.reason()) {
                    case "closed" -> "We are closed at that time.";
                    case "past" -> "That time is in the past.";
                    case "too-soon" -> "That is too soon for us.";
                    case "beyond-horizon" -> "That is too far in the future to book yet.";
                    case "nonexistent-time" -> "That time does not exist on that day, because the clocks change.";
                    default -> "That is not possible: " + plain(refusal) + ".";
                };
        return refusal.alternatives().isEmpty() ? why : why + " Free times: " + times(refusal.alternatives()) + ".";
    }

    private static String plain(DeskRefusal refusal) {
        String detail = refusal.violations().isEmpty()
                ? String.valueOf(refusal.getMessage())
                : refusal.violations().stream()
                        .map(it -> it.field() + " " + it.message())
                        .collect(Collectors.joining(", "));
        return detail.replaceFirst("\\.+$", "");
    }

    private static String day(String date) {
        try {
            return day(LocalDate.parse(date));
        } catch (DateTimeParseException | NullPointerException unusual) {
            return date;
        }
    }
}
