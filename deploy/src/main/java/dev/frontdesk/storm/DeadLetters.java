package dev.frontdesk.storm;

import dev.frontdesk.testing.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** I8, its second half: only poison is in the dead-letter topics. Its first half is how long the drain took. */
final class DeadLetters implements Invariant {
    private final Map<String, Integer> before = new HashMap<>();

    DeadLetters(Site site) {
        for (String topic : site.deadLetterTopics()) {
            before.put(topic, site.topic(topic).messages().size());
        }
    }

    @Override
    public String name() {
        return "I8     everything drained within 60 s; only poison is in the dead-letter topics";
    }

    @Override
    public List<Wrong> broken(Site site) {
        List<Wrong> wrongs = new ArrayList<>();
        for (String topic : site.deadLetterTopics()) {
            List<Topic.Message> letters = site.topic(topic).messages();
            for (Topic.Message letter : letters.subList(before.getOrDefault(topic, 0), letters.size())) {
                if (letter.key() == null || !site.poison.contains(letter.key())) {
                    wrongs.add(Wrong.broken(
                            letter.key(),
                            "no dead letter",
                            letter.headers().get("dead-letter-reason"),
                            topic + "@" + letter.offset()));
                }
            }
        }
        return wrongs;
    }
}
