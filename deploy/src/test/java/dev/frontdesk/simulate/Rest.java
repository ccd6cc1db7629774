package dev.frontdesk.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.local.Service;
import dev.frontdesk.local.Settings;
import dev.frontdesk.testing.Database;
import java.time.Duration;

/** The platform with nothing left to do: what came before a test must not count in it. */
public final class Rest {
    private static final String WORK = """
            select (select count(*) from outbox)
                 + (select count(*) from sms_messages where handover is not null and due_at <= now() + interval '30 seconds')
                 + (select count(*) from sms_messages where reply = 'due')
            """;

    private Rest() {}

    /** Waits until nothing waits to be published, read, answered or sent, and still does not a moment later. */
    public static void of(Settings settings) {
        for (int i = 0; i < 2; i++) {
            settle(settings);
        }
    }

    private static void settle(Settings settings) {
        String address = "localhost:" + settings.postgres();
        for (Service service : Service.values()) {
            String work = service == Service.SMS ? WORK : "select count(*) from outbox";
            Database database = Database.at(address, service.database(), "postgres");
            await().atMost(Duration.ofSeconds(120))
                    .untilAsserted(() -> assertThat(database.count(work)).isZero());
        }
        try (ConsumerLag lag = new ConsumerLag(settings.bootstrapServers())) {
            await().atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> assertThat(lag.behind()).isEmpty());
        }
    }
}
