package dev.frontdesk.storm;

import dev.frontdesk.testing.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Records that nobody can read lie between those that everybody must. */
final class Poison implements Fault {
    @Override
    public String numbers() {
        return "F10";
    }

    @Override
    public String name() {
        return "poison records on three topics";
    }

    @Override
    public String strike(Site site, Acts acts) {
        int records = 0;
        String last = null;
        for (String name : List.of("calls", "bookings", "sms-messages")) {
            last = "poison " + UUID.randomUUID();
            site.poison.add(last);
            Topic topic = site.topic(name);
            String type = Map.of("calls", "call.ended.v1", "bookings", "booking.created.v1")
                    .getOrDefault(name, "sms.received.v1");
            Map<String, String> headers = Map.of(
                    "ce_id",
                    last,
                    "ce_source",
                    "storm",
                    "ce_specversion",
                    "1.0",
                    "ce_type",
                    type,
                    "ce_clientid",
                    "default");
            topic.send(last, "{ this is no JSON", headers);
            topic.send(last, "{\"id\": 7}", headers);
            topic.send(last, "{}", with(headers, "ce_type", "call.exploded.v1"));
            topic.send(last, "{}", with(headers, "ce_type", type.replace("v1", "v99")));
            topic.send(last, "{}", with(headers, "ce_clientid", "nobody"));
            topic.send(last, "{}", Map.of());
            topic.send(last, (String) null, headers);
            topic.send(last, "x".repeat(900_000), headers);
            records += 8;
        }
        String mark = last;
        double arrived = Wait.until(
                30,
                "all of it is on the dead-letter topic",
                () -> site.topic("sms-messages.analytics-service.dlq")
                                .messages(mark)
                                .size()
                        == 8);
        site.topic("sms-messages.analytics-service.dlq").messages(mark).forEach(letter -> {
            String reason = letter.headers().get("dead-letter-reason");
            if (reason == null || reason.isBlank()) {
                throw new Unmet("a dead letter without a reason");
            }
        });
        return "%d records; those of the last topic were dead letters with reasons after %.1f s"
                .formatted(records, arrived);
    }

    private static Map<String, String> with(Map<String, String> headers, String name, String value) {
        Map<String, String> changed = new HashMap<>(headers);
        changed.put(name, value);
        return changed;
    }
}
