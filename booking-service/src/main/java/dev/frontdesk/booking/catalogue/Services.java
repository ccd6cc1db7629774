package dev.frontdesk.booking.catalogue;

import dev.frontdesk.http.Conflict;
import dev.frontdesk.http.EntityTags;
import dev.frontdesk.http.NotFound;
import dev.frontdesk.settings.Clients;
import dev.frontdesk.tenancy.Tenant;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** What can be done with the services a client sells. */
@ApplicationScoped
class Services implements PanacheRepositoryBase<Service, UUID> {

    private final Tenant tenant;
    private final Clients clients;

    Services(Tenant tenant, Clients clients) {
        this.tenant = tenant;
        this.clients = clients;
    }

    Uni<List<Service>> all(Optional<Boolean> active) {
        return tenant.transaction(() -> active.isPresent()
                ? list("active = ?1 order by displayOrder, code", active.get())
                : list("order by displayOrder, code"));
    }

    Uni<Service> get(UUID id) {
        return tenant.transaction(() -> findById(id).onItem().ifNull().failWith(Services::notFound));
    }

    Uni<Service> add(String code, ServiceResource.Terms terms) {
        String currency = clients.get(tenant.id()).currency();
        return tenant.transaction(() -> count("code", code).chain(taken -> {
            if (taken > 0) {
                throw new Conflict("There is a service with the code " + code);
            }
            return persistAndFlush(new Service(UUID.randomUUID(), code, terms, currency));
        }));
    }

    Uni<Service> change(UUID id, String ifMatch, UnaryOperator<ServiceResource.Terms> change) {
        return tenant.transaction(() -> locked(id, ifMatch)
                .invoke(service -> service.change(change.apply(service.terms())))
                .call(this::flush));
    }

    /** Bookings made keep what they were told: they hold name, price and duration themselves. */
    Uni<Void> remove(UUID id, String ifMatch) {
        return tenant.transaction(() -> locked(id, ifMatch).chain(service -> delete(service)));
    }

    private Uni<Service> locked(UUID id, String ifMatch) {
        return findById(id, LockModeType.PESSIMISTIC_WRITE)
                .onItem()
                .ifNull()
                .failWith(Services::notFound)
                .invoke(service -> EntityTags.require(ifMatch, service.version()));
    }

    private static NotFound notFound() {
        return new NotFound("There is no such service");
    }
}
