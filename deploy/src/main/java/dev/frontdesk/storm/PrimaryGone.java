package dev.frontdesk.storm;

import dev.frontdesk.local.Service;
import dev.frontdesk.storm.Sender.Reply;
import java.util.Map;

/** PostgreSQL restarts, loses its power, or is demoted while connections to it live on. */
final class PrimaryGone implements Fault {
    /** How it goes away. */
    enum Way {
        FAST("PostgreSQL restarts (fast)"),
        IMMEDIATE("PostgreSQL dies (immediate) and recovers"),
        DEMOTED("PostgreSQL becomes read-only under live connections (25006)");

        private final String words;

        Way(String words) {
            this.words = words;
        }
    }

    private final Way way;

    PrimaryGone(Way way) {
        this.way = way;
    }

    @Override
    public String numbers() {
        return "F12";
    }

    @Override
    public String name() {
        return way.words;
    }

    @Override
    public String strike(Site site, Acts acts) {
        Reply meanwhile;
        if (way == Way.DEMOTED) {
            site.server.demote();
            Wait.pause(3000);
            meanwhile = ask(site);
            site.server.promote();
        } else {
            site.server.stop(way == Way.FAST ? "INT" : "QUIT");
            Wait.pause(2000);
            meanwhile = ask(site);
            site.server.start();
        }
        if (meanwhile.status() != 503 || meanwhile.headers().get("retry-after") == null) {
            throw new Unmet("a request meanwhile was answered %d, Retry-After %s"
                    .formatted(meanwhile.status(), meanwhile.headers().get("retry-after")));
        }
        double back = Wait.until(30, "bookings are taken again", () -> ask(site).status() != 503);
        if (back > 10) {
            throw new Unmet("taken again only %.1f s after it was back".formatted(back));
        }
        double published = Wait.until(30, "all relays publish", () -> site.oldestEvent() < 1);
        return "503 with Retry-After meanwhile; requests taken %.1f s after it was back, all published after %.1f s"
                .formatted(back, back + published);
    }

    /** Something that writes, and that is refused by the rules: no row, and not the ledger's. */
    private static Reply ask(Site site) {
        return site.sender.to(
                site.settings.url(Service.BOOKING),
                "/api/bookings",
                "{\"customer_name\": \"Nobody\", \"customer_phone\": \"+12125550100\", \"service_type\": \"regular\","
                        + " \"scheduled_at\": \"2001-01-01T12:00:00Z\"}",
                Map.of("Content-Type", "application/json", "Idempotency-Key", "storm"));
    }
}
