package dev.frontdesk.customer;

import dev.frontdesk.events.CustomerEvent;
import dev.frontdesk.http.Conflict;
import dev.frontdesk.http.EntityTags;
import dev.frontdesk.http.NotFound;
import dev.frontdesk.http.Unprocessable;
import dev.frontdesk.outbox.Outbox;
import dev.frontdesk.phone.Phones;
import dev.frontdesk.settings.Clients;
import dev.frontdesk.tenancy.Tenant;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** What can be done with customers. Each method is one transaction; state and event commit together. */
@ApplicationScoped
public class Customers implements PanacheRepositoryBase<Customer, UUID> {

    private final Tenant tenant;
    private final Outbox outbox;
    private final Clients clients;
    private final Clock clock;

    Customers(Tenant tenant, Outbox outbox, Clients clients, Clock clock) {
        this.tenant = tenant;
        this.outbox = outbox;
        this.clients = clients;
        this.clock = clock;
    }

    /** The customer, merged or not. */
    public Uni<Customer> get(UUID id) {
        return tenant.transaction(() -> present(findById(id)));
    }

    /** A new customer; a number that is taken is a conflict that names its owner. */
    Uni<Customer> create(String phone, Customer.Details details) {
        String number = Phones.parse(phone, clients.get(tenant.id()).region())
                .orElseThrow(() -> Unprocessable.field("phone", "not a telephone number"));
        Customer customer = new Customer(UUID.randomUUID(), number, details, now());
        return tenant.transaction(() -> requireFree(number)
                .chain(() -> persistAndFlush(customer))
                // Counters may have come before the customer.
                .call(it -> addUp(it.id()))
                .call(this::reread)
                .call(it -> outbox.append(it.created(now()))));
    }

    private Uni<Void> requireFree(String phone) {
        return Panache.getSession()
                .call(session -> session.createNativeQuery(
                                "select cast(take_turn(current_setting('app.client_id'), ?1) as text)", String.class)
                        .setParameter(1, phone)
                        .getSingleResultOrNull())
                .chain(() -> find("phone", phone).<Customer>firstResult())
                .invoke(taken -> {
                    if (taken != null) {
                        UUID owner = taken.mergedInto() == null ? taken.id() : taken.mergedInto();
                        throw new Conflict("There is a customer with this number")
                                .type("phone-taken")
                                .with("customer_id", owner);
                    }
                })
                .replaceWithVoid();
    }

    Uni<Customer> edit(UUID id, String ifMatch, UnaryOperator<Customer.Details> edit) {
        return change(id, ifMatch, (customer, now) -> customer.edit(edit.apply(customer.details()), now));
    }

    private Uni<Customer> change(UUID id, String ifMatch, BiFunction<Customer, Instant, CustomerEvent> change) {
        return tenant.transaction(() -> present(findById(id, LockModeType.PESSIMISTIC_WRITE))
                .invoke(customer -> EntityTags.require(ifMatch, customer.version()))
                .call(customer -> outbox.append(change.apply(customer, now())))
                .call(this::reread));
    }

    /** The duplicate's number, history and counters are the other's from now on; answers the other. */
    Uni<Customer> merge(UUID duplicateId, String ifMatch, UUID intoId) {
        return tenant.transaction(() -> aloneInMerging()
                .chain(() -> lockBoth(duplicateId, intoId))
                .invoke(both ->
                        EntityTags.require(ifMatch, both.get(duplicateId).version()))
                .chain(both -> outbox.append(both.get(duplicateId).mergeInto(both.get(intoId), now()))
                        .chain(() -> outbox.append(both.get(intoId).takeOver(both.get(duplicateId), now())))
                        .chain(() -> gather(intoId, duplicateId))
                        .chain(() -> reread(both.get(intoId)))
                        .replaceWith(both.get(intoId))));
    }

    /** A merge also touches what was merged before, so merges of one client wait for one another. */
    private static Uni<Void> aloneInMerging() {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("""
                                select cast(pg_advisory_xact_lock(hashtextextended(current_setting('app.client_id'), 5)) as text)
                                """, String.class).getSingleResultOrNull())
                .replaceWithVoid();
    }

    /** In the order of their ids. */
    private Uni<Map<UUID, Customer>> lockBoth(UUID some, UUID other) {
        UUID first = some.compareTo(other) < 0 ? some : other;
        UUID second = first.equals(some) ? other : some;
        Map<UUID, Customer> both = new HashMap<>();
        return present(findById(first, LockModeType.PESSIMISTIC_WRITE))
                .invoke(it -> both.put(first, it))
                .chain(() -> present(findById(second, LockModeType.PESSIMISTIC_WRITE)))
                .invoke(it -> both.put(second, it))
                .replaceWith(both);
    }

    /** Duplicates of the duplicate point to the survivor as well, and its counters are the sum over all numbers. */
    private Uni<Void> gather(UUID survivor, UUID duplicate) {
        return Panache.getSession()
                .call(session -> session.createNativeQuery(
                                "update customers set merged_into = ?1 where merged_into = ?2")
                        .setParameter(1, survivor)
                        .setParameter(2, duplicate)
                        .executeUpdate())
                .chain(() -> addUp(survivor));
    }

    private static Uni<Void> addUp(UUID customer) {
        return Panache.getSession()
                .call(session -> session.createNativeQuery("select cast(add_up_counters(?1) as text)", String.class)
                        .setParameter(1, customer)
                        .getSingleResultOrNull())
                .replaceWithVoid();
    }

    /** Only somebody nothing happened with may go; the others are merged or erased. */
    Uni<Void> delete(UUID id, String ifMatch) {
        return tenant.transaction(() -> present(findById(id, LockModeType.PESSIMISTIC_WRITE))
                .invoke(customer -> EntityTags.require(ifMatch, customer.version()))
                .invoke(Customer::requireNotMerged)
                .call(this::requireNoHistory)
                .call(customer -> outbox.append(customer.delete(now())))
                .call(this::delete)
                .replaceWithVoid());
    }

    /** Timeline and counters come after what happened, each in its own time: what one has not heard of, the other may have. */
    private Uni<Void> requireNoHistory(Customer customer) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("""
                                select exists (select from timeline where phone = ?1)
                                    or exists (select from phone_counters where phone = ?1
                                               and (last_contact is not null or total_bookings + total_calls > 0))
                                    or exists (select from customers where merged_into = ?2)
                                """, Boolean.class)
                        .setParameter(1, customer.phone())
                        .setParameter(2, customer.id())
                        .getSingleResult())
                .invoke(history -> {
                    if (history) {
                        throw new Conflict("This customer has a history: merge or erase instead").type("has-history");
                    }
                })
                .replaceWithVoid();
    }

    /** The trigger's updated_at and the counters, as the next reader will see them. */
    private Uni<Void> reread(Customer customer) {
        return Panache.getSession().chain(session -> session.flush().chain(() -> session.refresh(customer)));
    }

    private static Uni<Customer> present(Uni<Customer> found) {
        return found.onItem().ifNull().failWith(() -> new NotFound("No customer has this id"));
    }

    /** PostgreSQL keeps microseconds. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
