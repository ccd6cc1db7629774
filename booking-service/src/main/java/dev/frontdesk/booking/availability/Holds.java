package dev.frontdesk.booking.availability;

import dev.frontdesk.booking.catalogue.Catalogue;
import dev.frontdesk.booking.catalogue.Catalogues;
import dev.frontdesk.http.NotFound;
import dev.frontdesk.tenancy.Tenant;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Times kept for a few minutes while a caller decides. They end by themselves. */
@ApplicationScoped
class Holds {

    /** A time kept until {@code expiresAt}; booking it names this id. */
    record Hold(UUID id, String serviceType, UUID resourceId, Slot slot, Instant expiresAt) {}

    private final Tenant tenant;
    private final Catalogues catalogues;
    private final Clock clock;

    Holds(Tenant tenant, Catalogues catalogues, Clock clock) {
        this.tenant = tenant;
        this.catalogues = catalogues;
        this.clock = clock;
    }

    Uni<Hold> take(String serviceType, WantedTime time) {
        return tenant.transaction(() -> catalogues.fresh().chain(catalogue -> take(catalogue, serviceType, time)));
    }

    private Uni<Hold> take(Catalogue catalogue, String serviceType, WantedTime time) {
        Instant now = clock.instant();
        Visit visit = Visit.of(catalogue.service(serviceType));
        WantedTime.Moment moment = time.in(catalogue.zone());
        List<UUID> resources = new Timetable(catalogue).require(visit, moment, now);
        UUID id = UUID.randomUUID();
        Instant start = moment.start();
        Instant expiresAt = now.plus(catalogue.rules().hold());
        Slot slot = Slot.of(start, start.plus(visit.duration()), catalogue.zone());
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "select cast(hold(?1, ?2, ?3, ?4, cast(string_to_array(?5, ',') as uuid[]), ?6, ?7) as text)",
                                String.class)
                        .setParameter(1, id)
                        .setParameter(2, serviceType)
                        .setParameter(3, utc(start))
                        .setParameter(
                                4, (int) visit.duration().plus(visit.buffer()).toMinutes())
                        .setParameter(
                                5,
                                String.join(
                                        ",",
                                        resources.stream().map(UUID::toString).toList()))
                        .setParameter(6, utc(now))
                        .setParameter(7, utc(expiresAt))
                        .getSingleResultOrNull())
                .onItem()
                .ifNull()
                .failWith(() -> new SlotTaken(start))
                .map(resource -> new Hold(id, serviceType, UUID.fromString(resource), slot, expiresAt));
    }

    Uni<Void> release(UUID id) {
        return tenant.transaction(() -> Panache.getSession()
                .chain(session -> session.createNativeQuery("delete from holds where id = ?1")
                        .setParameter(1, id)
                        .executeUpdate())
                .invoke(released -> {
                    if (released == 0) {
                        throw new NotFound("There is no such hold; it may have been used, or have ended");
                    }
                })
                .replaceWithVoid());
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
