package dev.frontdesk.call.tools;

import dev.frontdesk.bookings.Amendment;
import dev.frontdesk.bookings.Appointment;
import dev.frontdesk.bookings.BookingDesk;
import dev.frontdesk.bookings.Cancellation;
import dev.frontdesk.bookings.DeskRefusal;
import dev.frontdesk.bookings.FreeSlot;
import dev.frontdesk.bookings.NewAppointment;
import dev.frontdesk.bookings.NewTime;
import dev.frontdesk.call.CallerNumber;
import dev.frontdesk.call.knowledge.Copies;
import dev.frontdesk.http.Page;
import dev.frontdesk.settings.Clients.Client;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * The tools that look at and change bookings. The caller is who the call says, never who the model says: a booking of
 * another number does not exist here. The same key twice has one effect.
 */
@ApplicationScoped
class BookingTools {

    /** Whose request it is; {@code key} is the same for every repetition of it. */
    record Request(String clientId, Client client, String phone, Arguments arguments, UUID key) {}

    private static final String WITHHELD =
            "The caller's number is withheld, so I can't do that. Ask them to call with their number shown, or offer a person.";
    private static final String NO_SUCH_BOOKING =
            "There is no booking to come with that reference for the caller's number.";
    private static final String FORMS =
            "I need a slot_id from get_availability, or appointment_date and appointment_time.";

    private final BookingDesk desk;
    private final Copies copies;
    private final Clock clock;

    BookingTools(@RestClient BookingDesk desk, Copies copies, Clock clock) {
        this.desk = desk;
        this.copies = copies;
        this.clock = clock;
    }

    Uni<Outcome> checkServices(Request it) {
        return desk.services(it.clientId())
                .map(page -> page.items().isEmpty()
                        ? Outcome.good("Nothing can be booked at the moment.")
                        : Outcome.good("We offer: " + Phrases.services(page.items()) + "."))
                .onFailure(e -> !(e instanceof DeskRefusal))
                .recoverWithUni(away -> lastKnownServices(it, away));
    }

    private Uni<Outcome> lastKnownServices(Request it, Throwable away) {
        return copies.services(it.clientId())
                .map(words -> words.map(known -> Outcome.good("We offer: " + known + "."))
                        .orElseThrow(() -> new IllegalStateException(away)));
    }

    Uni<Outcome> getAvailability(Request it) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), it.client().timeZone());
        String service = it.arguments().text("service_type");
        Optional<LocalDate> date = it.arguments().date("date", today);
        if (service == null || date.isEmpty()) {
            return no("I need the service_type, and the date as YYYY-MM-DD.");
        }
        LocalDate day = date.get();
        return slots(it, service, day, day)
                .chain(free -> free.isEmpty()
                        ? later(it, service, day)
                        : Uni.createFrom().item(Outcome.good("Free times: " + Phrases.times(free) + ".")));
    }

    private Uni<Outcome> later(Request it, String service, LocalDate day) {
        return slots(it, service, day.plusDays(1), day.plusDays(7))
                .map(free -> "Nothing is free on " + Phrases.day(day) + "."
                        + (free.isEmpty()
                                ? " Nor in the week after."
                                : " The next free times: " + Phrases.times(free.subList(0, Math.min(3, free.size())))
                                        + "."))
                .map(Outcome::good);
    }

    private Uni<List<FreeSlot>> slots(Request it, String service, LocalDate from, LocalDate to) {
        return desk.availability(it.clientId(), service, from.toString(), to.toString())
                .map(Page::items);
    }

    Uni<Outcome> createBooking(Request it) {
        Arguments given = it.arguments();
        if (isAnonymous(it)) {
            return no(WITHHELD);
        }
        if (given.text("customer_name") == null || given.text("service_type") == null) {
            return no("I need the caller's name and the service_type.");
        }
        Optional<NewTime> time = time(given);
        if (time.isEmpty()) {
            return no(FORMS);
        }
        NewTime at = time.get();
        NewAppointment wanted = new NewAppointment(
                given.text("customer_name"),
                it.phone(),
                given.text("service_type"),
                at.slotId(),
                null,
                at.appointmentDate(),
                at.appointmentTime(),
                given.number("number_of_loads"),
                given.text("pickup_address"),
                given.text("notes"),
                "voice");
        return insist(() -> desk.create(it.clientId(), it.key().toString(), wanted))
                .map(booking -> Outcome.good(
                                "Booked: " + Phrases.booking(booking) + ". A confirmation text is on its way.")
                        .booked(booking.id()));
    }

    Uni<Outcome> findBookings(Request it) {
        if (isAnonymous(it)) {
            return no(WITHHELD);
        }
        return upcoming(it)
                .map(own -> own.isEmpty()
                        ? Outcome.good("The caller has no booking to come.")
                        : Outcome.good("The caller's bookings: "
                                + String.join(
                                        "; ", own.stream().map(Phrases::booking).toList()) + "."));
    }

    Uni<Outcome> rescheduleBooking(Request it) {
        Optional<NewTime> time = time(it.arguments());
        if (time.isEmpty()) {
            return no(FORMS);
        }
        return own(
                it,
                booking -> insist(() -> desk.reschedule(it.clientId(), it.key().toString(), booking.id(), time.get()))
                        .map(moved -> Outcome.good("Moved: " + Phrases.booking(moved) + ".")),
                () -> no(NO_SUCH_BOOKING));
    }

    Uni<Outcome> cancelBooking(Request it) {
        Cancellation cancellation = Cancellation.byCustomer(it.arguments().text("reason"));
        return own(
                it,
                booking -> insist(() -> desk.cancel(it.clientId(), it.key().toString(), booking.id(), cancellation))
                        .map(BookingTools::cancelled),
                () -> cancelledBefore(it));
    }

    /** A booking that is cancelled is none to come: whoever repeats the request hears again that it is. */
    private Uni<Outcome> cancelledBefore(Request it) {
        String reference = plain(it.arguments().text("reference"));
        return desk.byReference(it.clientId(), reference)
                .map(page -> page.items().stream()
                        .filter(booking -> it.phone().equals(booking.customerPhone()))
                        .filter(booking -> reference.equalsIgnoreCase(booking.reference()))
                        .filter(booking -> "cancelled".equals(booking.status()))
                        .findFirst()
                        .map(BookingTools::cancelled)
                        .orElse(Outcome.refused(NO_SUCH_BOOKING)));
    }

    private static Outcome cancelled(Appointment booking) {
        return Outcome.good("Cancelled: " + Phrases.booking(booking) + ".");
    }

    Uni<Outcome> updateAddress(Request it) {
        String address = it.arguments().text("address");
        if (isAnonymous(it)) {
            return no(WITHHELD);
        }
        if (address == null) {
            return no("I need the new address.");
        }
        return upcoming(it)
                .chain(own -> own.isEmpty()
                        ? no("The caller has no booking to come; take the address with the next booking.")
                        : Multi.createFrom()
                                .iterable(own)
                                .onItem()
                                .transformToUniAndConcatenate(booking ->
                                        desk.amend(it.clientId(), booking.id(), new Amendment(address, null)))
                                .collect()
                                .asList()
                                .map(done -> Outcome.good("The pickup address of %d booking%s is changed."
                                        .formatted(done.size(), done.size() == 1 ? "" : "s"))));
    }

    /** Does it with the caller's own open booking of the reference, else the other; anybody else's booking is not there. */
    private Uni<Outcome> own(Request it, Function<Appointment, Uni<Outcome>> work, Supplier<Uni<Outcome>> otherwise) {
        String reference = it.arguments().text("reference");
        if (isAnonymous(it)) {
            return no(WITHHELD);
        }
        if (reference == null) {
            return no("I need the booking's reference; find_bookings lists the caller's.");
        }
        return upcoming(it)
                .chain(own -> own.stream()
                        .filter(booking -> plain(reference).equalsIgnoreCase(booking.reference()))
                        .findFirst()
                        .map(work)
                        .orElseGet(otherwise));
    }

    private Uni<List<Appointment>> upcoming(Request it) {
        return desk.upcoming(it.clientId(), it.phone())
                .map(page -> page.items().stream()
                        .filter(booking -> it.phone().equals(booking.customerPhone()))
                        .toList());
    }

    /** The first request with our key may still be under way: its answer is ours, too. */
    private static Uni<Appointment> insist(Supplier<Uni<Appointment>> request) {
        return Uni.createFrom()
                .deferred(() -> request.get())
                .onFailure(BookingTools::isUnderWay)
                .retry()
                .withBackOff(Duration.ofMillis(100), Duration.ofMillis(400))
                .atMost(6);
    }

    private static boolean isUnderWay(Throwable failure) {
        return failure instanceof DeskRefusal refusal && refusal.type().equals("idempotency-key-in-use");
    }

    private static Optional<NewTime> time(Arguments given) {
        if (given.text("slot_id") != null) {
            return Optional.of(NewTime.slot(given.text("slot_id")));
        }
        return given.text("appointment_date") == null || given.text("appointment_time") == null
                ? Optional.empty()
                : Optional.of(NewTime.local(given.text("appointment_date"), given.text("appointment_time")));
    }

    /** References are read out: blanks, hyphens and case don't count. */
    private static String plain(String reference) {
        return reference.replaceAll("[^A-Za-z0-9]", "");
    }

    private static boolean isAnonymous(Request it) {
        return it.phone() == null
                || it.phone().equals(CallerNumber.ANONYMOUS)
                || !it.phone().startsWith("+");
    }

    private static Uni<Outcome> no(String sentence) {
        return Uni.createFrom().item(Outcome.refused(sentence));
    }
}
