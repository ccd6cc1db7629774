package dev.frontdesk.booking.catalogue;

import dev.frontdesk.http.Conflict;
import dev.frontdesk.http.EntityTags;
import dev.frontdesk.http.NotFound;
import dev.frontdesk.tenancy.Tenant;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** What can be done with the vans, chairs and rooms of a client. */
@ApplicationScoped
class Resources implements PanacheRepositoryBase<Resource, UUID> {

    private final Tenant tenant;

    Resources(Tenant tenant) {
        this.tenant = tenant;
    }

    Uni<List<Resource>> all() {
        return tenant.transaction(() -> list("order by displayOrder, code"));
    }

    Uni<Resource> get(UUID id) {
        return tenant.transaction(() -> findById(id).onItem().ifNull().failWith(Resources::notFound));
    }

    Uni<Resource> add(String code, ResourceResource.Terms terms) {
        return tenant.transaction(() -> count("code", code).chain(taken -> {
            if (taken > 0) {
                throw new Conflict("There is a resource with the code " + code);
            }
            return persistAndFlush(new Resource(UUID.randomUUID(), code, terms));
        }));
    }

    Uni<Resource> change(UUID id, String ifMatch, UnaryOperator<ResourceResource.Terms> change) {
        return tenant.transaction(() -> locked(id, ifMatch)
                .invoke(resource -> resource.change(change.apply(resource.terms())))
                .call(this::flush));
    }

    /** Only one that was never booked goes; the others are made inactive. */
    Uni<Void> remove(UUID id, String ifMatch) {
        return tenant.transaction(
                () -> locked(id, ifMatch).call(() -> requireUnbooked(id)).chain(resource -> delete(resource)));
    }

    private Uni<Resource> locked(UUID id, String ifMatch) {
        return findById(id, LockModeType.PESSIMISTIC_WRITE)
                .onItem()
                .ifNull()
                .failWith(Resources::notFound)
                .invoke(resource -> EntityTags.require(ifMatch, resource.version()));
    }

    private Uni<Void> requireUnbooked(UUID id) {
        return getSession()
                .chain(session -> session.createNativeQuery(
                                "select exists (select from bookings where resource_id = ?1)", Boolean.class)
                        .setParameter(1, id)
                        .getSingleResult())
                .invoke(booked -> {
                    if (booked) {
                        throw new Conflict("The resource has bookings; make it inactive instead");
                    }
                })
                .replaceWithVoid();
    }

    private static NotFound notFound() {
        return new NotFound("There is no such resource");
    }
}
