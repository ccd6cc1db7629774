package dev.frontdesk.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.local.Settings;
import dev.frontdesk.local.TestPlatform;
import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Topic;
import java.math.BigDecimal;
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
            "select client_id, date, total_calls, total_bookings, total_sms, successful_calls,"
                    + " failed_calls, conversion_rate from analytics order by 1, 2",
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
            // Prices come when the provider knows them, so in the middle of this too.
            assertThat(sum("analytics", "total_cost", "analytics"))
                    .isEqualByComparingTo(sum("call", "cost", "calls").add(sum("sms", "cost", "sms_messages")));
        });
    }

    private static Map<String, List<Map<String, Object>>> tables() {
        return Map.of(
                "analytics", rows("analytics"),
                "customer", rows("customer"),
                "booking", rows("booking"),
                "sms", rows("sms"));
    }

    private static BigDecimal sum(String database, String column, String table) {
        return (BigDecimal) Database.at(TestPlatform.postgresAddress(), database, "postgres")
                .rows("select coalesce(sum(%s), 0) as sum from %s".formatted(column, table))
                .get(0)
                .get("sum");
    }

    private static List<Map<String, Object>> rows(String database) {
        return Database.at(TestPlatform.postgresAddress(), database, "postgres").rows(TABLES.get(database));
    }
}
