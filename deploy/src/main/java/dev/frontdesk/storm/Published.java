package dev.frontdesk.storm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.local.Service;
import dev.frontdesk.testing.Topic;
import java.io.UncheckedIOException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * I3: no event without its row, no row without its event; the newest event says what the row says, and so do the facts. Prices
 * come in for minutes after everything has drained, so a row's newest state is compared if it rests.
 */
final class Published implements Invariant {
    /** A row that has not changed for so long has its event on the topic. */
    private static final int REST_SECONDS = 2;

    /** What is told once of every thing, and of which things. */
    private record Rule(
            Service service, String topic, String table, String trait, String kind, Map<String, String> onceIf) {
        String ids() {
            return "select id::text from " + table;
        }

        String rows() {
            return "select id::text, status, version, %s as trait, updated_at < ? as rests from %s where created_at >= ?"
                    .formatted(trait, table);
        }
    }

    private static final List<Rule> RULES = List.of(
            new Rule(
                    Service.SMS,
                    "sms-messages",
                    "sms_messages",
                    "direction",
                    "texts",
                    Map.of("inbound", "sms.received.v1", "outbound", "sms.queued.v1")),
            new Rule(
                    Service.CALL,
                    "calls",
                    "calls",
                    "case when status = 'in-progress' then 'open' else 'ended' end",
                    "calls",
                    Map.of("ended", "call.ended.v1")),
            new Rule(
                    Service.BOOKING, "bookings", "bookings", "'any'", "bookings", Map.of("any", "booking.created.v1")));

    /** The events of one thing: distinct ids by type, and its newest state. */
    private static final class Story {
        private final Map<String, Set<String>> idsByType = new HashMap<>();
        private long version;
        private String status;

        void add(String type, String id, JsonNode event) {
            idsByType.computeIfAbsent(type, none -> new HashSet<>()).add(id);
            if (event.path("version").asLong() >= version) {
                version = event.path("version").asLong();
                status = event.path("status").asText();
            }
        }
    }

    @Override
    public String name() {
        return "I3     no event without its row, no row without its event; the newest event is the row";
    }

    @Override
    public List<Wrong> broken(Site site) {
        List<Wrong> wrongs = new ArrayList<>();
        RULES.forEach(rule -> check(site, rule, wrongs));
        return wrongs;
    }

    private static void check(Site site, Rule rule, List<Wrong> wrongs) {
        Timestamp opened = Timestamp.from(site.ledger.opened());
        Timestamp rest = Timestamp.from(Instant.now().minusSeconds(REST_SECONDS));
        Map<String, Story> stories = stories(site, rule.topic);
        Map<String, Long> facts = new HashMap<>();
        site.database(Service.ANALYTICS)
                .rows("select id::text, version from facts where kind = ?", rule.kind)
                .forEach(row -> facts.put((String) row.get("id"), (Long) row.get("version")));
        Set<Object> ids = new HashSet<>();
        site.database(rule.service).rows(rule.ids()).forEach(row -> ids.add(row.get("id")));
        for (Map<String, Object> row : site.database(rule.service).rows(rule.rows(), rest, opened)) {
            String id = (String) row.get("id");
            Story story = stories.get(id);
            if (story == null) {
                wrongs.add(Wrong.broken(id, "events", "none", rule.topic));
                continue;
            }
            String once = rule.onceIf.get((String) row.get("trait"));
            int times = story.idsByType.getOrDefault(once, Set.of()).size();
            if (once != null && times != 1) {
                wrongs.add(Wrong.broken(id, "one " + once, times, rule.topic));
            }
            if ((Boolean) row.get("rests")) {
                compare(row, story, facts.get(id), rule.topic, wrongs);
            }
        }
        stories.keySet().stream()
                .filter(id -> !ids.contains(id))
                .forEach(id -> wrongs.add(Wrong.broken(id, "a row", "none", rule.topic + " has events of it")));
        facts.keySet().stream()
                .filter(id -> !ids.contains(id))
                .forEach(id -> wrongs.add(Wrong.broken(id, "a row", "none", "analytics.facts has it")));
    }

    private static void compare(Map<String, Object> row, Story story, Long fact, String topic, List<Wrong> wrongs) {
        String id = (String) row.get("id");
        if (!story.status.equals(row.get("status"))) {
            wrongs.add(Wrong.broken(id, row.get("status"), story.status, "newest event on " + topic));
        }
        if (fact == null || fact != story.version) {
            wrongs.add(Wrong.broken(id, "version " + story.version, fact, "analytics.facts"));
        }
    }

    /** Of what happened since the ledger was opened. */
    private static Map<String, Story> stories(Site site, String topic) {
        Map<String, Story> stories = new HashMap<>();
        for (Topic.Message message : site.topic(topic).messages()) {
            String time = message.headers().get("ce_time");
            String type = message.headers().getOrDefault("ce_type", "");
            boolean isPoison = message.value() == null || site.poison.contains(message.key()) || time == null;
            if (isPoison || Instant.parse(time).isBefore(site.ledger.opened()) || !tellsOf(topic, type)) {
                continue;
            }
            try {
                stories.computeIfAbsent(message.key(), none -> new Story())
                        .add(type, message.headers().get("ce_id"), Sender.JSON.readTree(message.value()));
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }
        return stories;
    }

    /** Other things are told on the same topics: FAQs that were used, people that were forgotten. */
    private static boolean tellsOf(String topic, String type) {
        return type.startsWith(Map.of("calls", "call.", "bookings", "booking.").getOrDefault(topic, "sms."));
    }
}
