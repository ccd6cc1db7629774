package dev.frontdesk.customer.privacy;

import dev.frontdesk.customer.Customer;
import dev.frontdesk.customer.Customers;
import dev.frontdesk.http.Conflict;
import dev.frontdesk.http.NotFound;
import dev.frontdesk.http.Unavailable;
import dev.frontdesk.outbox.Outbox;
import dev.frontdesk.privacy.Pseudonyms;
import dev.frontdesk.security.Caller;
import dev.frontdesk.tenancy.Tenant;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Asks all services, this one included, to forget a customer: one event for each of their numbers. */
@ApplicationScoped
class ErasureRequests {

    private final Tenant tenant;
    private final Customers customers;
    private final Pseudonyms pseudonyms;
    private final Receipts receipts;
    private final Outbox outbox;
    private final Clock clock;

    ErasureRequests(
            Tenant tenant, Customers customers, Pseudonyms pseudonyms, Receipts receipts, Outbox outbox, Clock clock) {
        this.tenant = tenant;
        this.customers = customers;
        this.pseudonyms = pseudonyms;
        this.receipts = receipts;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** The receipt of the erasure, which is asked for once per customer. */
    Uni<Receipts.Receipt> erase(UUID customerId) {
        if (!pseudonyms.isReady()) {
            throw new Unavailable("Nobody can be erased until frontdesk.erasure-key is set");
        }
        return tenant.transaction(() -> customers
                .findById(customerId, LockModeType.PESSIMISTIC_WRITE)
                .onItem()
                .ifNull()
                .failWith(() -> new NotFound("No customer has this id"))
                .chain(customer -> known(customerId)
                        .chain(known -> known == null
                                ? request(customer)
                                : Uni.createFrom().item(known)))
                .chain(receipts::get));
    }

    private static Uni<UUID> known(UUID customerId) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "select id from erasures where customer_id = ?1", UUID.class)
                        .setParameter(1, customerId)
                        .getSingleResultOrNull());
    }

    private Uni<UUID> request(Customer customer) {
        if (customer.mergedInto() != null) {
            throw new Conflict("This customer has been merged into another; erase that one")
                    .type("merged")
                    .with("merged_into", customer.mergedInto());
        }
        UUID erasure = UUID.randomUUID();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return customers
                .list("id = ?1 or mergedInto = ?1", customer.id())
                .call(numbers -> remember(erasure, customer.id(), numbers.size(), now))
                .map(numbers -> numbers.stream()
                        .map(it -> it.erase(erasure, pseudonyms.of(tenant.id(), it.phone()), now))
                        .toList())
                .chain(events -> outbox.append(events))
                .replaceWith(erasure);
    }

    private static Uni<Integer> remember(UUID erasure, UUID customer, int numbers, Instant now) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("""
                        insert into erasures (id, customer_id, numbers, requested_at, requested_by)
                        values (?1, ?2, ?3, ?4, ?5)
                        """)
                        .setParameter(1, erasure)
                        .setParameter(2, customer)
                        .setParameter(3, numbers)
                        .setParameter(4, now)
                        .setParameter(5, Caller.current().name())
                        .executeUpdate());
    }
}
