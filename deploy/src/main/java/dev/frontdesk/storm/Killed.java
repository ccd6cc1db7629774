package dev.frontdesk.storm;

import dev.frontdesk.local.Service;
import java.util.Map;

/** A service is killed in the middle of its work, each time at another moment. */
record Killed(Service service, int times) implements Fault {
    @Override
    public String numbers() {
        return "F1-F4";
    }

    @Override
    public String name() {
        return "kill -9 of " + service.module();
    }

    @Override
    public String strike(Site site, Acts acts) {
        double away = 0;
        for (int i = 0; i < times; i++) {
            Wait.pause(300 + site.random.nextInt(1200));
            long since = System.nanoTime();
            site.platform.kill(service);
            site.platform.start(service);
            away = (System.nanoTime() - since) / 1e9;
        }
        double lag = Wait.until(30, "its outbox is published", () -> age(site) < 1);
        if (lag > 10) {
            throw new Unmet("published %.1f s after the restart".formatted(lag));
        }
        return "%d times, back after %.1f s, all published %.1f s later".formatted(times, away, lag);
    }

    private double age(Site site) {
        Map<String, Object> row = site.database(service)
                .rows("select coalesce(extract(epoch from now() - min(created_at)), 0)::float8 as age from outbox")
                .get(0);
        return (Double) row.get("age");
    }
}
