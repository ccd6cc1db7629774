package dev.frontdesk.storm;

import dev.frontdesk.simulate.ConsumerLag;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Waits until what there was has been published, read, answered and sent; and what came of that, too. */
final class Drain {
    static final int SECONDS = 60;
    private static final int PATIENCE_SECONDS = 240;

    private final Site site;
    private Map<String, Long> left = Map.of();

    Drain(Site site) {
        this.site = site;
    }

    /** How long it took. Gives up long after it should have been done, so that what comes next is still worth comparing. */
    double run() {
        long since = System.nanoTime();
        try (ConsumerLag lag = new ConsumerLag(site.settings.bootstrapServers())) {
            for (int i = 0; i < 2; i++) {
                Instant moment = Instant.now();
                Wait.until(PATIENCE_SECONDS, "all is published", () -> isEmpty(site.unpublished(moment), since));
                Map<TopicPartition, Long> ends = lag.ends();
                Wait.until(PATIENCE_SECONDS, "all is read", () -> isEmpty(lag.behind(ends), since));
            }
        } catch (Unmet e) {
            return PATIENCE_SECONDS;
        }
        return (System.nanoTime() - since) / 1e9;
    }

    /** What was left when it should have been done. */
    Map<String, Long> left() {
        return left;
    }

    private boolean isEmpty(Map<String, Long> waiting, long since) {
        if (waiting.isEmpty()) {
            return true;
        }
        if (left.isEmpty() && (System.nanoTime() - since) / 1e9 > SECONDS) {
            left = waiting;
        }
        Wait.pause(100);
        return false;
    }
}
