package dev.frontdesk.booking;

import dev.frontdesk.http.BadRequest;
import dev.frontdesk.http.Cursor;
import dev.frontdesk.http.ListQuery;
import dev.frontdesk.http.Page;
import dev.frontdesk.phone.Phones;
import dev.frontdesk.privacy.Pseudonyms;
import dev.frontdesk.settings.Clients;
import dev.frontdesk.tenancy.Tenant;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.panache.common.Parameters;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds bookings: by filters, newest appointment first; what is still to come, soonest first; between two instants. */
@ApplicationScoped
public class BookingSearch {

    private static final String[] FILTERS = {
        "phone",
        "status",
        "from",
        "to",
        "q",
        "service_type",
        "source",
        "resource_id",
        "payment_status",
        "reference",
        "appointment_date"
    };
    private static final int CHUNK = 500;
    private static final Set<BookingStatus> OPEN =
            EnumSet.of(BookingStatus.PENDING, BookingStatus.CONFIRMED, BookingStatus.SCHEDULED);

    private final Tenant tenant;
    private final Clients clients;

    BookingSearch(Tenant tenant, Clients clients) {
        this.tenant = tenant;
        this.clients = clients;
    }

    /** HQL conditions, all of which must hold, with their parameters. */
    private record Conditions(List<String> all, Parameters values) {
        Conditions() {
            this(new ArrayList<>(), new Parameters());
        }

        void and(String condition, String name, Object value) {
            all.add(condition);
            values.and(name, value);
        }
    }

    ListQuery query(UriInfo uri) {
        return ListQuery.of(uri, zone(), FILTERS);
    }

    Uni<Page<Booking>> list(ListQuery query) {
        return page(conditions(query), query.cursor(), query.limit());
    }

    /** Every booking of the query, however many: fetched in chunks, each in its own short transaction. */
    Multi<Booking> stream(ListQuery query) {
        Conditions conditions = conditions(query);
        return Multi.createBy()
                .repeating()
                .uni(
                        () -> new String[1],
                        next -> page(conditions, next(next), CHUNK).invoke(page -> next[0] = page.nextCursor()))
                .whilst(page -> page.nextCursor() != null)
                .onItem()
                .transformToIterable(Page::items);
    }

    private static Optional<Cursor> next(String[] cursor) {
        return Optional.ofNullable(cursor[0]).map(Cursor::decode);
    }

    private Uni<Page<Booking>> page(Conditions conditions, Optional<Cursor> cursor, int limit) {
        Conditions here = new Conditions(new ArrayList<>(conditions.all()), copy(conditions.values()));
        cursor.ifPresent(it -> {
            here.and("(scheduledAt < :at or (scheduledAt = :at and id < :id))", "at", it.at());
            here.values().and("id", it.id());
        });
        return select(here, "order by scheduledAt desc, id desc", limit + 1)
                .map(rows -> Page.of(rows, limit, BookingSearch::cursor));
    }

    private static Parameters copy(Parameters values) {
        Parameters copy = new Parameters();
        values.map().forEach(copy::and);
        return copy;
    }

    private static Cursor cursor(Booking booking) {
        return new Cursor(booking.scheduledAt, booking.id);
    }

    /** Open bookings that have not begun, soonest first. */
    Uni<Page<Booking>> upcoming(UriInfo uri, Instant now) {
        ListQuery query = ListQuery.of(uri, zone(), "phone", "resource_id", "service_type");
        Conditions conditions = conditions(query);
        conditions.and("scheduledAt >= :now", "now", now);
        conditions.and("status in :open", "open", OPEN);
        query.cursor().ifPresent(it -> {
            conditions.and("(scheduledAt > :at or (scheduledAt = :at and id > :id))", "at", it.at());
            conditions.values().and("id", it.id());
        });
        return select(conditions, "order by scheduledAt, id", query.limit() + 1)
                .map(rows -> Page.of(rows, query.limit(), BookingSearch::cursor));
    }

    /** All that begin in the time given, soonest first; {@code most} is a bound against a runaway calendar. */
    public Uni<List<Booking>> between(Instant from, Instant before, int most) {
        Conditions conditions = new Conditions();
        conditions.and("scheduledAt >= :from", "from", from);
        conditions.and("scheduledAt < :before", "before", before);
        return select(conditions, "order by scheduledAt, id", most);
    }

    private Uni<List<Booking>> select(Conditions conditions, String order, int limit) {
        String where = conditions.all().isEmpty() ? "" : "where " + String.join(" and ", conditions.all());
        return tenant.transaction(() -> Panache.getSession().chain(session -> {
            var query = session.createQuery("from Booking %s %s".formatted(where, order), Booking.class)
                    .setMaxResults(limit)
                    .setReadOnly(true);
            conditions.values().map().forEach(query::setParameter);
            return query.getResultList();
        }));
    }

    private Conditions conditions(ListQuery query) {
        Conditions conditions = new Conditions();
        query.text("phone").map(this::phone).ifPresent(it -> conditions.and("customerPhone = :phone", "phone", it));
        query.oneOf("status", BookingStatus.words())
                .map(BookingStatus::of)
                .ifPresent(it -> conditions.and("status = :status", "status", it));
        query.oneOf("payment_status", List.of("pending", "paid", "failed"))
                .map(it -> PaymentStatus.valueOf(it.toUpperCase(Locale.ROOT)))
                .ifPresent(it -> conditions.and("paymentStatus = :payment", "payment", it));
        query.oneOf("source", List.of("voice", "sms", "manual"))
                .ifPresent(it -> conditions.and("source = :source", "source", it));
        query.text("service_type").ifPresent(it -> conditions.and("serviceType = :service", "service", it));
        query.text("reference")
                .map(it -> it.strip().toUpperCase(Locale.ROOT))
                .ifPresent(it -> conditions.and("reference = :reference", "reference", it));
        query.date("appointment_date")
                .ifPresent(it -> conditions.and("appointmentDate = :date", "date", it.toString()));
        query.id("resource_id").ifPresent(it -> conditions.and("resourceId = :resource", "resource", it));
        query.from().ifPresent(it -> conditions.and("scheduledAt >= :from", "from", it));
        query.before().ifPresent(it -> conditions.and("scheduledAt < :before", "before", it));
        query.text("q").ifPresent(it -> search(conditions, it.strip()));
        return conditions;
    }

    /** A reference, a part of a name or an address, or the digits of a phone in any spelling. */
    private static void search(Conditions conditions, String text) {
        conditions.and("""
                (reference = upper(:text) or lower(customerName) like :like escape '\\' or lower(customerEmail) like :like escape '\\'
                 or lower(pickupAddress) like :like escape '\\' or customerPhone like :digits)
                """, "text", text);
        String escaped = text.toLowerCase(Locale.ROOT).replaceAll("([\\\\%_])", "\\\\$1");
        String digits = text.replaceAll("\\D", "");
        conditions.values().and("like", "%" + escaped + "%");
        conditions.values().and("digits", digits.length() < 4 ? "" : "%" + digits + "%");
    }

    private String phone(String written) {
        if (Pseudonyms.isPseudonym(written)) {
            return written;
        }
        return Phones.parse(written, clients.get(tenant.id()).region())
                .orElseThrow(() -> new BadRequest("phone: not a telephone number"));
    }

    private ZoneId zone() {
        return clients.get(tenant.id()).timeZone();
    }
}
