package dev.frontdesk.booking.catalogue;

import dev.frontdesk.database.Outage;
import dev.frontdesk.settings.Clients;
import dev.frontdesk.tenancy.Tenant;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** With {@code frontdesk.demo-data=on}, gives the two clients of a local platform something to sell, once. */
@ApplicationScoped
class DemoData {

    private static final Logger LOG = Logger.getLogger(DemoData.class);
    private static final List<String> CLIENTS = List.of("default", "acme");

    private final Tenant tenant;
    private final Clients clients;
    private final boolean on;

    DemoData(Tenant tenant, Clients clients, @ConfigProperty(name = "frontdesk.demo-data") String demoData) {
        this.tenant = tenant;
        this.clients = clients;
        this.on = "on".equals(demoData);
    }

    void start(@Observes StartupEvent started) {
        if (on) {
            CLIENTS.stream()
                    .filter(clients.all()::containsKey)
                    .forEach(client -> stock(client)
                            // On a busy machine the first connection may take longer than requests are to wait for one.
                            .onFailure(Outage::isCauseOf)
                            .retry()
                            .withBackOff(Duration.ofMillis(200), Duration.ofSeconds(2))
                            .atMost(20)
                            .await()
                            .atMost(Duration.ofSeconds(90)));
        }
    }

    /** A client that sells something already is left alone. */
    private Uni<Void> stock(String client) {
        return tenant.sql(
                client,
                connection -> connection
                        .query("""
                        select pg_advisory_xact_lock(hashtext('demo data'));
                        select exists (select from services) as stocked
                        """)
                        .execute()
                        .chain(rows -> rows.next().iterator().next().getBoolean("stocked")
                                ? Uni.createFrom().voidItem()
                                : connection
                                        .query(script(client))
                                        .execute()
                                        .invoke(() -> LOG.infof("demo catalogue for client %s", client))
                                        .replaceWithVoid()));
    }

    private static String script(String client) {
        try (InputStream file = DemoData.class.getResourceAsStream("/demo/%s.sql".formatted(client))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
