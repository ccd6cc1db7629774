package dev.frontdesk.storm;

import dev.frontdesk.local.Service;
import dev.frontdesk.simulate.ConsumerLag;
import dev.frontdesk.testing.Broker;
import dev.frontdesk.testing.Database;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** F11: another analytics-service, told everything from the first event on, counts into an empty database what the first has. */
final class CountedAgain implements Invariant {
    private static final String DATABASE = "analytics_again";
    private static final String GROUP = "analytics-again";
    /** It reads on its own account and tells nobody: its relay has no topic, its dead letters are there already. */
    private static final Map<String, String> APART = Map.of(
            "MP_MESSAGING_CONNECTOR_SMALLRYE_KAFKA_GROUP_ID",
            GROUP,
            "MP_MESSAGING_INCOMING_ERASURES_GROUP_ID",
            GROUP + "-erasures",
            "MP_MESSAGING_INCOMING_DEADLETTERS_GROUP_ID",
            GROUP + "-deadletters",
            "MP_MESSAGING_CONNECTOR_SMALLRYE_KAFKA_FAILURE_STRATEGY",
            "ignore",
            // Else it says only every five seconds how far it is.
            "MP_MESSAGING_CONNECTOR_SMALLRYE_KAFKA_AUTO_COMMIT_INTERVAL_MS",
            "200",
            "FRONTDESK_OUTBOX_TOPIC_PREFIX",
            GROUP + ".");

    /** What must be the same, by table. */
    private static final Map<String, String> FIGURES = Map.of(
            "facts",
            "select client_id || ' ' || kind || ' ' || id as which, facts::text as figures from facts",
            "rollups_live",
            "select client_id || ' ' || date || ' ' || what as which, figures::text from rollups_live",
            "customer_counters",
            """
            select client_id || ' ' || phone as which, (total_bookings, total_calls, last_contact, total_spent)::text as figures
            from customer_counters where total_bookings + total_calls > 0 or last_contact is not null
            """);

    private boolean started;

    @Override
    public String name() {
        return "F11    an empty analytics database, told all from the first event on, has the same figures";
    }

    @Override
    public List<Wrong> broken(Site site) {
        List<Wrong> wrongs = new ArrayList<>();
        try {
            start(site);
            awaitLevel(site);
        } catch (Unmet e) {
            wrongs.add(Wrong.broken(GROUP, "all is read", e.getMessage(), "its consumer groups"));
        }
        Database again = Database.at("localhost:" + site.settings.postgres(), DATABASE, "postgres");
        FIGURES.forEach((table, sql) -> Numbers.compare(
                figures(site.database(Service.ANALYTICS), sql), figures(again, sql), DATABASE + "." + table, wrongs));
        if (wrongs.isEmpty()) {
            site.platform.killSecond(Service.ANALYTICS);
        }
        return wrongs;
    }

    private void start(Site site) {
        if (started) {
            return;
        }
        started = true;
        if (site.sender.alsoAt(Service.ANALYTICS) != null) {
            site.platform.stopSecond(Service.ANALYTICS);
        }
        site.server.create(DATABASE, Service.ANALYTICS);
        Map<String, String> told = new HashMap<>(APART);
        told.put("FRONTDESK_POSTGRES", "localhost:%d/%s".formatted(site.settings.postgres(), DATABASE));
        site.platform.startSecond(Service.ANALYTICS, Broker.freePort(), told);
    }

    private static void awaitLevel(Site site) {
        String live = Service.ANALYTICS.module();
        try (ConsumerLag lag = new ConsumerLag(site.settings.bootstrapServers())) {
            for (String part : List.of("", "-erasures")) {
                Wait.until(20, "it has read all that the first has", () -> lag.isLevel(GROUP + part, live + part));
            }
        }
    }

    private static Map<String, Object> figures(Database database, String sql) {
        Map<String, Object> figures = new HashMap<>();
        database.rows(sql).forEach(row -> figures.put((String) row.get("which"), row.get("figures")));
        return figures;
    }
}
