package dev.frontdesk.booking;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Clients of the tests' own, one per test class, so that none books another's times: in New York and in Berlin. */
public final class Shops implements QuarkusTestResourceLifecycleManager {

    private static final List<String> NEW_YORK = List.of(
            "flow",
            "race",
            "dst-new-york",
            "holds",
            "reminded",
            "calendar",
            "stock",
            "busy",
            "random",
            "desk",
            "many",
            "speed",
            "offers");
    private static final List<String> BERLIN = List.of("dst-berlin", "berlin", "reminded-berlin");

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>();
        NEW_YORK.forEach(client -> add(settings, client, "America/New_York", "US", "USD"));
        BERLIN.forEach(client -> add(settings, client, "Europe/Berlin", "DE", "EUR"));
        settings.put("frontdesk.demo-data", "on");
        return settings;
    }

    private static void add(Map<String, String> settings, String client, String zone, String region, String currency) {
        String prefix = "frontdesk.clients." + client + ".";
        settings.put(prefix + "name", client);
        settings.put(prefix + "time-zone", zone);
        settings.put(prefix + "region", region);
        settings.put(prefix + "currency", currency);
    }

    @Override
    public void stop() {}
}
