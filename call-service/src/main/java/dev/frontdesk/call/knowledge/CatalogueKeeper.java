package dev.frontdesk.call.knowledge;

import dev.frontdesk.bookings.BookingDesk;
import dev.frontdesk.bookings.OfferedService;
import dev.frontdesk.bookings.OpenHours;
import dev.frontdesk.settings.Clients;
import dev.frontdesk.tenancy.Tenant;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/** Asks booking-service now and then what is sold and when it is open; while it is away the last answer stays. */
@ApplicationScoped
class CatalogueKeeper {

    private static final Logger LOG = Logger.getLogger(CatalogueKeeper.class);

    private final BookingDesk desk;
    private final Tenant tenant;
    private final Clients clients;

    CatalogueKeeper(@RestClient BookingDesk desk, Tenant tenant, Clients clients) {
        this.desk = desk;
        this.tenant = tenant;
        this.clients = clients;
    }

    @Scheduled(every = "${frontdesk.calls.catalogue-every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> refresh() {
        return Multi.createFrom()
                .iterable(clients.all().keySet())
                .onItem()
                .transformToUniAndConcatenate(clientId -> refresh(clientId)
                        .onFailure()
                        .invoke(e -> LOG.debugf("the catalogue of %s stays as it was: %s", clientId, e))
                        .onFailure()
                        .recoverWithNull())
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> refresh(String clientId) {
        return desk.services(clientId)
                .chain(services ->
                        desk.openingHours(clientId).chain(hours -> keep(clientId, services.items(), hours.items())));
    }

    private Uni<Void> keep(String clientId, List<OfferedService> services, List<OpenHours> hours) {
        return tenant.sql(
                clientId,
                connection -> connection
                        .preparedQuery("""
                                insert into catalogue_copies as present (services, hours) values ($1, $2)
                                on conflict (client_id) do update
                                set services = excluded.services, hours = excluded.hours, fetched_at = now()
                                """)
                        .execute(Tuple.of(
                                new JsonArray(services.stream()
                                        .map(OfferedService::inWords)
                                        .toList()),
                                new JsonArray(
                                        hours.stream().map(OpenHours::inWords).toList())))
                        .replaceWithVoid());
    }
}
