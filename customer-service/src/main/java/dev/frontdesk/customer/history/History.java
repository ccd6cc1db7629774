package dev.frontdesk.customer.history;

import dev.frontdesk.customer.Customer;
import dev.frontdesk.customer.Customers;
import dev.frontdesk.http.Cursor;
import dev.frontdesk.tenancy.Tenant;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a customer and the business had to do with one another (the seed's first query, without its cross product), from the
 * copy that events feed. All numbers of a merged customer count.
 */
@ApplicationScoped
public class History {

    private final Tenant tenant;
    private final Customers customers;

    History(Tenant tenant, Customers customers) {
        this.tenant = tenant;
        this.customers = customers;
    }

    /** A call, a text or a booking, in one sentence. */
    public record Entry(String kind, UUID id, Instant at, String summary) {}

    record Counts(long bookings, long calls) {}

    record Page(Customer customer, Counts counts, List<Entry> entries) {}

    /** Newest first, with one entry more than the limit if there are more. */
    Uni<Page> of(UUID customerId, Optional<Cursor> cursor, int limit) {
        return tenant.transaction(() -> customers
                .get(customerId)
                .chain(customer -> counts(customerId)
                        .chain(counts -> entries(customerId, cursor, limit)
                                .map(entries -> new Page(customer, counts, entries)))));
    }

    private static Uni<Counts> counts(UUID customerId) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("""
                                select count(*) filter (where kind = 'booking'), count(*) filter (where kind = 'call')
                                from timeline where not gone
                                  and phone in (select phone from customers where id = ?1 or merged_into = ?1)
                                """, Object[].class)
                        .setParameter(1, customerId)
                        .getSingleResult())
                .map(row -> new Counts((Long) row[0], (Long) row[1]));
    }

    private static Uni<List<Entry>> entries(UUID customerId, Optional<Cursor> cursor, int limit) {
        Cursor start = cursor.orElse(new Cursor(Instant.parse("9999-12-31T00:00:00Z"), new UUID(-1, -1)));
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("""
                                select kind, id, at, summary from timeline where not gone
                                  and phone in (select phone from customers where id = ?1 or merged_into = ?1)
                                  and (at, id) < (?2, ?3)
                                order by at desc, id desc limit ?4
                                """, Object[].class)
                        .setParameter(1, customerId)
                        .setParameter(2, start.at())
                        .setParameter(3, start.id())
                        .setParameter(4, limit + 1)
                        .getResultList())
                .map(rows -> rows.stream().map(History::entry).toList());
    }

    private static Entry entry(Object[] row) {
        return new Entry((String) row[0], (UUID) row[1], ((OffsetDateTime) row[2]).toInstant(), (String) row[3]);
    }
}
