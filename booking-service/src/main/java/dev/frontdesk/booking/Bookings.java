package dev.frontdesk.booking;

import dev.frontdesk.booking.availability.SlotTaken;
import dev.frontdesk.booking.availability.Timetable;
import dev.frontdesk.booking.availability.WantedTime;
import dev.frontdesk.booking.catalogue.Catalogue;
import dev.frontdesk.booking.catalogue.Catalogues;
import dev.frontdesk.booking.catalogue.Service;
import dev.frontdesk.events.BookingEvent;
import dev.frontdesk.http.EntityTags;
import dev.frontdesk.http.NotFound;
import dev.frontdesk.http.Unprocessable;
import dev.frontdesk.outbox.Outbox;
import dev.frontdesk.security.Caller;
import dev.frontdesk.settings.Clients;
import dev.frontdesk.tenancy.Tenant;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * What can be done with bookings. Each method is one transaction; state, history and event commit together. A change costs
 * begin, tenant, select for update, update, outbox, history, re-read, commit: fine for what people do.
 */
@ApplicationScoped
public class Bookings implements PanacheRepositoryBase<Booking, UUID> {

    private final Tenant tenant;
    private final Clients clients;
    private final Catalogues catalogues;
    private final Outbox outbox;
    private final Clock clock;

    Bookings(Tenant tenant, Clients clients, Catalogues catalogues, Outbox outbox, Clock clock) {
        this.tenant = tenant;
        this.clients = clients;
        this.catalogues = catalogues;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Which booking, at which version ({@code If-Match}, or null for any), and why. */
    record Order(UUID id, String ifMatch, String reason) {}

    public Uni<Booking> get(UUID id) {
        return tenant.transaction(() -> findById(id).onItem().ifNull().failWith(Bookings::notFound));
    }

    Uni<Booking> confirm(Order order) {
        return change(order, Booking::confirm);
    }

    Uni<Booking> schedule(Order order) {
        return change(order, Booking::schedule);
    }

    Uni<Booking> complete(Order order) {
        return change(order, Booking::complete);
    }

    Uni<Booking> missed(Order order) {
        return change(order, Booking::missed);
    }

    Uni<Booking> pay(Order order, PaymentStatus status, BigDecimal amount) {
        return change(order, (booking, now) -> booking.payment(status, amount, now));
    }

    /** @param byCustomer true if the client's cut-off holds */
    Uni<Booking> cancel(Order order, boolean byCustomer) {
        return tenant.transaction(() -> catalogues
                .fresh()
                .chain(catalogue -> change(
                        order,
                        (booking, now) ->
                                booking.cancel(order.reason(), catalogue.rules().cancelCutoff(), byCustomer, now))));
    }

    Uni<Booking> amend(UUID id, String ifMatch, UnaryOperator<Details> change) {
        return tenant.transaction(() -> catalogues
                .fresh()
                .chain(catalogue -> change(
                        new Order(id, ifMatch, null), (booking, now) -> amend(catalogue, booking, change, now))));
    }

    private BookingEvent amend(Catalogue catalogue, Booking booking, UnaryOperator<Details> change, Instant now) {
        Details before = booking.details();
        Details after = change.apply(before);
        // What stands for an erased number is none, and stays.
        String phone = after.customerPhone().equals(before.customerPhone())
                ? before.customerPhone()
                : CustomerPhone.parse(after.customerPhone(), clients.get(tenant.id()));
        boolean sameLoads = Objects.equals(before.numberOfLoads(), after.numberOfLoads());
        Service service = sameLoads ? null : quoting(catalogue, booking.serviceType);
        return booking.amend(after, phone, service, now);
    }

    private static Service quoting(Catalogue catalogue, String serviceType) {
        return catalogue
                .known(serviceType)
                .orElseThrow(() -> Unprocessable.field("number_of_loads", "can no longer be priced"));
    }

    /**
     * Another time. The booking keeps its resource if that is free then, else takes the first that is.
     *
     * @throws SlotTaken when none is free
     */
    Uni<Booking> reschedule(Order order, WantedTime time) {
        return tenant.transaction(() -> catalogues
                .fresh()
                .chain(catalogue -> locked(order)
                        .chain(booking -> move(catalogue, booking, time)
                                .chain(resource -> applied(
                                        booking,
                                        order,
                                        booking.reschedule(
                                                time.in(catalogue.zone()).start(), resource, now()))))));
    }

    private Uni<UUID> move(Catalogue catalogue, Booking booking, WantedTime time) {
        booking.requireMovable();
        WantedTime.Moment moment = time.in(catalogue.zone());
        List<UUID> resources =
                new ArrayList<>(new Timetable(catalogue).require(booking.visit(catalogue), moment, now()));
        if (resources.remove(booking.resourceId)) {
            resources.add(0, booking.resourceId);
        }
        return getSession()
                .chain(session -> session.createNativeQuery(
                                "select cast(move(?1, ?2, cast(string_to_array(?3, ',') as uuid[]), ?4) as text)",
                                String.class)
                        .setParameter(1, booking.id)
                        .setParameter(2, OffsetDateTime.ofInstant(moment.start(), ZoneOffset.UTC))
                        .setParameter(
                                3,
                                String.join(
                                        ",",
                                        resources.stream().map(UUID::toString).toList()))
                        .setParameter(4, OffsetDateTime.ofInstant(now(), ZoneOffset.UTC))
                        .getSingleResultOrNull())
                .onItem()
                .ifNull()
                .failWith(() -> new SlotTaken(moment.start()))
                .map(UUID::fromString);
    }

    /** Loads the booking for the change, applies it, and keeps event and history beside it. */
    private Uni<Booking> change(Order order, BiFunction<Booking, Instant, BookingEvent> change) {
        return tenant.transaction(() ->
                locked(order).chain(booking -> applied(booking, order, change.apply(booking, now()))));
    }

    private Uni<Booking> locked(Order order) {
        return findById(order.id(), LockModeType.PESSIMISTIC_WRITE)
                .onItem()
                .ifNull()
                .failWith(Bookings::notFound)
                .invoke(booking -> EntityTags.require(order.ifMatch(), booking.version));
    }

    private Uni<Booking> applied(Booking booking, Order order, BookingEvent event) {
        BookingChange entry =
                new BookingChange(booking, what(event), Caller.current().name(), order.reason(), event.occurredAt());
        return outbox.append(event)
                .chain(this::getSession)
                .chain(session -> session.persist(entry)
                        .chain(session::flush)
                        // The trigger has set updated_at.
                        .chain(() -> session.detach(booking).find(Booking.class, booking.id)));
    }

    /** The happening without its family and version: {@code confirmed}. */
    static String what(BookingEvent event) {
        return event.type().replaceFirst("^booking\\.", "").replaceFirst("\\.v\\d+$", "");
    }

    Uni<List<BookingChange>> history(UUID id) {
        return tenant.transaction(() -> getSession()
                .chain(session -> session.createQuery(
                                "from BookingChange where bookingId = ?1 order by version", BookingChange.class)
                        .setParameter(1, id)
                        .getResultList()));
    }

    /** The id in the first column of a native query's row, as text: Hibernate Reactive reads no single UUID column. */
    public static UUID id(Object[] row) {
        return UUID.fromString((String) row[0]);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static NotFound notFound() {
        return new NotFound("There is no such booking");
    }
}
