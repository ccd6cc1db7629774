package dev.frontdesk.booking.catalogue;

import dev.frontdesk.settings.Clients;
import dev.frontdesk.tenancy.Tenant;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.LockMode;

/**
 * The catalogue of the current client. Read once and kept until its version has moved, which the database compares in the
 * statement that books: what is kept can be old, what is booked by it cannot.
 */
@ApplicationScoped
public class Catalogues {

    private final Map<String, Catalogue> kept = new ConcurrentHashMap<>();
    private final Tenant tenant;
    private final Clients clients;

    Catalogues(Tenant tenant, Clients clients) {
        this.tenant = tenant;
        this.clients = clients;
    }

    /** As last read here; for whoever has its version checked later. */
    public Uni<Catalogue> last() {
        Catalogue catalogue = kept.get(tenant.id());
        return catalogue == null ? fresh() : Uni.createFrom().item(catalogue);
    }

    /** As it is now. */
    public Uni<Catalogue> fresh() {
        String client = tenant.id();
        return tenant.transaction(() -> version().chain(version -> {
            Catalogue catalogue = kept.get(client);
            return catalogue != null && version != null && catalogue.version() == version
                    ? Uni.createFrom().item(catalogue)
                    : read(client).invoke(read -> kept.put(client, read));
        }));
    }

    /** It turned out to be old. */
    public void forget() {
        kept.remove(tenant.id());
    }

    private static Uni<Long> version() {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("select version from booking_rules", Long.class)
                        .getSingleResultOrNull());
    }

    private Uni<Catalogue> read(String client) {
        return rules(client)
                .chain(rules -> all(Service.class, "from Service order by displayOrder, code")
                        .chain(services -> all(Resource.class, "from Resource order by displayOrder, code")
                                .chain(resources -> all(OpeningHours.class, "from OpeningHours order by weekday, opens")
                                        .chain(hours -> all(Closure.class, "from Closure order by startsAt")
                                                .map(closures -> new Catalogue(
                                                        client,
                                                        clients.get(client).timeZone(),
                                                        rules,
                                                        services,
                                                        resources,
                                                        hours,
                                                        closures))))));
    }

    /** The client's rules, the defaults where it has set none. */
    Uni<BookingRules> rules(String client) {
        return rules(client, LockMode.NONE);
    }

    /** As {@link #rules(String)}; whoever else changes these rules or the week of the client waits. */
    Uni<BookingRules> locked(String client) {
        return rules(client, LockMode.PESSIMISTIC_WRITE);
    }

    private static Uni<BookingRules> rules(String client, LockMode lock) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "insert into booking_rules default values on conflict do nothing")
                        .executeUpdate()
                        .chain(() -> session.find(BookingRules.class, client, lock)));
    }

    private static <T> Uni<List<T>> all(Class<T> type, String query) {
        return Panache.getSession()
                .chain(session -> session.createQuery(query, type).getResultList());
    }
}
