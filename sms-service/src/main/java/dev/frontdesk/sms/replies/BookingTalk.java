package dev.frontdesk.sms.replies;

import dev.frontdesk.bookings.Appointment;
import dev.frontdesk.bookings.BookingDesk;
import dev.frontdesk.bookings.Cancellation;
import dev.frontdesk.bookings.DeskRefusal;
import dev.frontdesk.bookings.FreeSlot;
import dev.frontdesk.bookings.NewTime;
import dev.frontdesk.bookings.OpenHours;
import dev.frontdesk.sms.replies.Situation.Offer;
import dev.frontdesk.sms.replies.Situation.Slot;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * Talks about the sender's own bookings, never anybody else's: a reference of another number is as unknown as a made-up one.
 * Every change has the text's id as its key, so that a second try after a crash changes nothing more. Where booking-service's
 * event brings a text of its own (a change, a cancellation), no reply is written besides.
 */
@ApplicationScoped
class BookingTalk {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE, MMM d", Locale.ENGLISH);
    private static final int MOST_SLOTS = 5;

    private final BookingDesk desk;

    BookingTalk(@RestClient BookingDesk desk) {
        this.desk = desk;
    }

    /** Null when the text turns out to have nothing to do with a booking. */
    Uni<Reply> about(Situation text, Meaning meaning) {
        if (meaning.kind() == Meaning.Kind.CHOICE) {
            return choose(text, meaning.choice());
        }
        return desk.upcoming(text.clientId(), text.phoneNumber()).chain(page -> about(text, meaning, page.items()));
    }

    private Uni<Reply> about(Situation text, Meaning meaning, List<Appointment> own) {
        if (meaning.kind() == Meaning.Kind.CANCEL_ALONE) {
            return item(own.isEmpty() ? Reply.enter("opted-out") : Reply.say(cancelOrStop(own)));
        }
        List<Appointment> meant = own.stream()
                .filter(it -> meaning.reference() == null || meaning.reference().equals(it.reference()))
                .toList();
        if (meant.isEmpty()) {
            return mayBeDone(text, meaning) ? done(text, meaning) : item(unknown(meaning));
        }
        return switch (meaning.kind()) {
            case CONFIRM, YES -> confirm(text, meant);
            case CANCEL_BOOKING -> only(meant, "X", it -> cancel(text, it));
            case RESCHEDULE -> only(meant, "R", it -> offer(text, it));
            default ->
                item(Reply.say("%s, %s. Reply C to confirm, R to reschedule, X to cancel."
                        .formatted(described(meant.get(0)), meant.get(0).status())));
        };
    }

    /** Whether a try before this one may have cancelled the booking, and lost the answer. */
    private static boolean mayBeDone(Situation text, Meaning meaning) {
        return meaning.kind() == Meaning.Kind.CANCEL_BOOKING && text.attempts() > 1;
    }

    /** What is cancelled has a text of its own; without a reference nobody can tell what was meant. */
    private Uni<Reply> done(Situation text, Meaning meaning) {
        if (meaning.reference() == null) {
            return item(Reply.none());
        }
        return desk.byReference(text.clientId(), meaning.reference())
                .map(page -> page.items().stream()
                                .anyMatch(it -> "cancelled".equals(it.status())
                                        && text.phoneNumber().equals(it.customerPhone()))
                        ? Reply.none()
                        : unknown(meaning));
    }

    private static Reply unknown(Meaning meaning) {
        boolean surelyReference =
                meaning.reference() != null && meaning.reference().matches(".*\\d.*");
        if (surelyReference) {
            return Reply.say("We found no upcoming booking %s for this number.".formatted(meaning.reference()));
        }
        boolean anyWord = meaning.kind() == Meaning.Kind.LOOK_UP
                || meaning.kind() == Meaning.Kind.YES
                || meaning.kind() == Meaning.Kind.CONFIRM;
        return anyWord ? null : Reply.say("We found no upcoming booking for this number.");
    }

    private Uni<Reply> confirm(Situation text, List<Appointment> meant) {
        List<Appointment> open =
                meant.stream().filter(it -> "pending".equals(it.status())).toList();
        if (open.isEmpty()) {
            return item(Reply.say("You are all set: " + described(meant.get(0)) + "."));
        }
        return only(
                open,
                "C",
                it -> desk.confirm(text.clientId(), key(text, "confirm"), it.id())
                        .map(confirmed -> Reply.say("Confirmed: " + described(confirmed) + ". See you then!"))
                        .onFailure(DeskRefusal.class)
                        .recoverWithItem(Reply.handOver(false)));
    }

    private Uni<Reply> cancel(Situation text, Appointment booking) {
        return desk.cancel(
                        text.clientId(),
                        key(text, "cancel"),
                        booking.id(),
                        Cancellation.byCustomer("cancelled by text"))
                .map(cancelled -> Reply.none())
                .onFailure(DeskRefusal.class)
                .recoverWithItem(e -> "too-late".equals(e.type())
                        ? new Reply(
                                "It is too late to cancel by text. A person will answer you here.",
                                null,
                                true,
                                null,
                                null,
                                null,
                                null)
                        : Reply.handOver(false));
    }

    private Uni<Reply> offer(Situation text, Appointment booking) {
        return desk.availability(text.clientId(), booking.serviceType(), null, null)
                .map(page -> offered(booking.id(), page.items(), "New time for " + booking.reference() + "?"))
                .onFailure(DeskRefusal.class)
                .recoverWithItem(Reply.handOver(false));
    }

    private Uni<Reply> choose(Situation text, int choice) {
        Offer offer = text.offer();
        if (offer == null || choice > offer.slots().size()) {
            return Uni.createFrom().nullItem();
        }
        return desk.reschedule(
                        text.clientId(),
                        key(text, "reschedule"),
                        offer.bookingId(),
                        NewTime.slot(offer.slots().get(choice - 1).slotId()))
                .map(moved -> Reply.none())
                .onFailure(DeskRefusal.class)
                .recoverWithItem(e -> offered(offer.bookingId(), e.alternatives(), "That time is gone."));
    }

    /** The first free time of each day, then the next ones, numbered in order of time. */
    private static Reply offered(UUID bookingId, List<FreeSlot> free, String heading) {
        Map<String, List<FreeSlot>> days = free.stream()
                .collect(Collectors.groupingBy(FreeSlot::appointmentDate, LinkedHashMap::new, Collectors.toList()));
        List<FreeSlot> chosen = new ArrayList<>();
        for (int nth = 0; chosen.size() < Math.min(MOST_SLOTS, free.size()); nth++) {
            for (List<FreeSlot> day : days.values()) {
                if (nth < day.size() && chosen.size() < MOST_SLOTS) {
                    chosen.add(day.get(nth));
                }
            }
        }
        if (chosen.isEmpty()) {
            return Reply.handOver(false);
        }
        chosen.sort(Comparator.comparing(FreeSlot::startsAt));
        List<Slot> slots = chosen.stream()
                .map(it -> new Slot(it.slotId(), day(it.appointmentDate()) + " " + it.appointmentTime()))
                .toList();
        String list = IntStream.rangeClosed(1, slots.size())
                .mapToObj(n -> n + ") " + slots.get(n - 1).label())
                .collect(Collectors.joining("\n"));
        return Reply.offer(heading + " Reply with a number:\n" + list, new Offer(bookingId, slots));
    }

    /** Does it to the only one there is, or asks which. */
    private static Uni<Reply> only(List<Appointment> meant, String command, Function<Appointment, Uni<Reply>> action) {
        if (meant.size() == 1) {
            return action.apply(meant.get(0));
        }
        String list = meant.stream()
                .limit(MOST_SLOTS)
                .map(it -> "%s %s (%s)".formatted(command, it.reference(), described(it)))
                .collect(Collectors.joining("\n"));
        return item(Reply.say("Which one? Reply:\n" + list));
    }

    private static String cancelOrStop(List<Appointment> own) {
        return own.stream()
                .limit(MOST_SLOTS)
                .map(it -> "To cancel %s, reply X %s.".formatted(described(it), it.reference()))
                .collect(Collectors.joining("\n", "", "\nTo get no more texts, reply STOP."));
    }

    /** The week as text, {@code Mon-Sat 08:00-20:00}. */
    Uni<String> hours(Situation text) {
        return desk.openingHours(text.clientId())
                .map(page ->
                        page.items().isEmpty() ? "We are open by appointment." : "Our hours: " + week(page.items()));
    }

    static String week(List<OpenHours> hours) {
        Map<String, String> days = new LinkedHashMap<>();
        hours.forEach(it -> days.merge(
                it.weekday().substring(0, 1).toUpperCase(Locale.ROOT)
                        + it.weekday().substring(1, 3),
                it.opens() + "-" + it.closes(),
                (one, next) -> one + " and " + next));
        List<String> parts = new ArrayList<>();
        List<Map.Entry<String, String>> all = List.copyOf(days.entrySet());
        for (int from = 0; from < all.size(); ) {
            int to = from;
            while (to + 1 < all.size()
                    && all.get(to + 1).getValue().equals(all.get(from).getValue())) {
                to++;
            }
            String range =
                    all.get(from).getKey() + (to > from ? "-" + all.get(to).getKey() : "");
            parts.add(range + " " + all.get(from).getValue());
            from = to + 1;
        }
        return String.join(", ", parts) + ".";
    }

    private static String described(Appointment it) {
        return "%s on %s at %s, ref %s"
                .formatted(
                        it.serviceName() == null ? it.serviceType() : it.serviceName(),
                        day(it.appointmentDate()),
                        it.appointmentTime(),
                        it.reference());
    }

    private static String day(String date) {
        return DAY.format(LocalDate.parse(date));
    }

    private static String key(Situation text, String action) {
        return "sms-" + action + "-" + text.id();
    }

    private static Uni<Reply> item(Reply reply) {
        return Uni.createFrom().item(reply);
    }
}
