package dev.frontdesk.customer.privacy;

import dev.frontdesk.settings.Clients;
import dev.frontdesk.tenancy.Tenant;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Deletes what is older than its table's rule. Customers, FAQs, prompts and receipts have none: people decide. */
@ApplicationScoped
class Retention {

    private static final Logger LOG = Logger.getLogger(Retention.class);

    private final Tenant tenant;
    private final Clients clients;
    private final Clock clock;
    /** What to delete before $1, and how long it is kept. */
    private final Map<String, Duration> rules;

    Retention(
            Tenant tenant,
            Clients clients,
            Clock clock,
            @ConfigProperty(name = "frontdesk.retention.timeline") Duration timeline,
            @ConfigProperty(name = "frontdesk.retention.faq-uses") Duration uses,
            @ConfigProperty(name = "frontdesk.retention.imports") Duration imports) {
        this.tenant = tenant;
        this.clients = clients;
        this.clock = clock;
        this.rules = Map.of(
                "delete from timeline where at < $1", timeline,
                "delete from faq_uses where used_at < $1", uses,
                "delete from imports where started_at < $1 and status <> 'applying'", imports);
    }

    @Scheduled(every = "${frontdesk.retention.every}", delayed = "1m")
    Uni<Void> sweep() {
        return Multi.createFrom()
                .iterable(clients.all().keySet())
                .onItem()
                .transformToUniAndConcatenate(client -> tenant.sql(client, connection -> sweep(connection, client)))
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> sweep(SqlConnection connection, String client) {
        return Multi.createFrom()
                .iterable(rules.entrySet())
                .onItem()
                .transformToUniAndConcatenate(rule -> connection
                        .preparedQuery(rule.getKey())
                        .execute(Tuple.of(before(rule.getValue())))
                        .invoke(rows -> {
                            if (rows.rowCount() > 0) {
                                LOG.infof("retention, %s: %s: %d rows", client, rule.getKey(), rows.rowCount());
                            }
                        }))
                .onItem()
                .ignoreAsUni();
    }

    private OffsetDateTime before(Duration kept) {
        return clock.instant().minus(kept).atOffset(ZoneOffset.UTC);
    }
}
