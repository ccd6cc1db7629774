package dev.frontdesk.storm;

import dev.frontdesk.local.Service;
import dev.frontdesk.testing.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The broker is away under load, so that acknowledged events have not left the service when it is killed; back again, they are
 * published but can't be deleted, and the service is killed a second time.
 */
record BrokerAway(int atLeastSeconds) implements Fault {
    @Override
    public String numbers() {
        return "F2 F3 F5";
    }

    @Override
    public String name() {
        return "broker away; kill -9 between commit and publish, and before the outbox delete";
    }

    @Override
    public String strike(Site site, Acts acts) {
        int seconds = atLeastSeconds + site.random.nextInt(5);
        site.platform.stopKafka();
        for (int i = 0; i < seconds; i++) {
            text(site, acts);
            Wait.pause(1000);
        }
        long waiting = site.outbox(Service.SMS);
        site.platform.kill(Service.SMS);
        site.platform.start(Service.SMS);
        String url = "jdbc:postgresql://localhost:%d/sms".formatted(site.settings.postgres());
        try (Connection connection = DriverManager.getConnection(url, "postgres", "postgres");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select id from outbox for update");
            site.platform.startKafka();
            Wait.until(20, "the relay waits to delete what it published", () -> deletes(site) > 0);
            site.platform.kill(Service.SMS);
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        site.platform.start(Service.SMS);
        double drained = Wait.until(30, "the outboxes are published", () -> site.oldestEvent() < 1);
        return "away for %d s, a text a second taken, %d events waited in sms-service alone, published %.1f s after the last restart"
                .formatted(seconds, waiting, drained);
    }

    private static void text(Site site, Acts acts) {
        Business business = site.business();
        if (!acts.text(business, business.somebody(site.random), "Hello?", false)
                .is(Entry.Answer.OK)) {
            throw new Unmet("a text was not taken while the broker was away");
        }
    }

    private static long deletes(Site site) {
        Database sms = site.database(Service.SMS);
        return sms.count("select count(*) from pg_stat_activity where application_name = 'outbox-relay'"
                + " and datname = 'sms' and wait_event_type = 'Lock'");
    }
}
