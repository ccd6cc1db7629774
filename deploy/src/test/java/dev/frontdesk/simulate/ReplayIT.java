package dev.frontdesk.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.local.Settings;
import dev.frontdesk.local.TestPlatform;
import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Topic;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Kafka hands everything out again, as it may at any time. */
class ReplayIT {
    private static final List<String> TOPICS =
            List.of("bookings", "calls", "sms-messages", "customers", "customer-counters");
    private static final Map<String, String> TABLES = Map.of(
            "analytics",
            Totals.PER_DAY,
            "customer",
            "select client_id, phone, name, total_calls, total_bookings, total_spent, last_contact"
                    + " from customers order by 1, 2",
            "booking",
            "select id, status, confirmation_sent, reminder_sent, version from bookings order by 1",
            "sms",
            "select id, status, purpose, booking_id from sms_messages order by 1");

    private final Settings settings = TestPlatform.running().settings();

    @Test
    void eventsReplayedFromTheirFirstOffsetChangeNothing() {
        assertThat(Simulate.play(settings, "day", "--calls", "15", "--seed", "11"))
                .isTrue();
        replayed(false);
        replayed(true);
    }

    /** Puts every event on its topic again, in order or backwards, and compares when all consumers have read them. */
    private void replayed(boolean backwards) {
        Rest.of(settings);
        Map<String, List<Map<String, Object>>> before = tables();
        for (String name : TOPICS) {
            Topic topic = Topic.at(settings.bootstrapServers(), "frontdesk." + name);
            List<Topic.Message> messages = topic.messages();
            if (backwards) {
                Collections.reverse(messages);
            }
            topic.sendAgain(messages);
        }
        Rest.of(settings);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(tables()).isEqualTo(before);
            Totals.requireThatCostsAddUp();
        });
    }

    private static Map<String, List<Map<String, Object>>> tables() {
        return Map.of(
                "analytics", rows("analytics"),
                "customer", rows("customer"),
                "booking", rows("booking"),
                "sms", rows("sms"));
    }

    private static List<Map<String, Object>> rows(String database) {
        return Database.at(TestPlatform.postgresAddress(), database, "postgres").rows(TABLES.get(database));
    }
}
