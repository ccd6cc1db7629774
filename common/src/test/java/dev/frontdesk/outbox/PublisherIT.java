package dev.frontdesk.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.testing.Broker;
import dev.frontdesk.testing.Topic;
import dev.frontdesk.testing.Topics;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the relay may rely on while its broker goes and comes back. */
class PublisherIT {

    private final String aggregate = UUID.randomUUID().toString();

    @Test
    void aBrokerThatIsAwayIsAskedOnceForAWholeBatch() {
        Publisher publisher = publisher("localhost:" + Broker.freePort());
        long began = System.nanoTime();
        assertThatThrownBy(() -> publish(publisher, events(1, 20))).hasMessageContaining("nothing");
        // Shorter than the session of the relay, which must still be there to keep the lock.
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
        publisher.stop(null);
    }

    @Test
    void whatTheBrokerDidNotTakeIsTakenInOrderOnceItIsBack(@TempDir Path data) {
        int port = Broker.freePort();
        Broker broker = Broker.embedded(data, port);
        Topics.create(broker.bootstrapServers());
        Publisher publisher = publisher(broker.bootstrapServers());
        Topic calls = Topic.at(broker.bootstrapServers(), "frontdesk.calls");
        assertThatThrownBy(() -> publish(publisher, events(1, 10), System.nanoTime() - 1))
                .hasRootCauseMessage("the lease was over before all was sent");
        assertThat(calls.messages(aggregate)).isEmpty();

        List<Relay.Waiting> before = events(1, 100);
        assertThat(publish(publisher, before))
                .containsExactlyElementsOf(
                        before.stream().map(Relay.Waiting::id).toList());
        broker.close();
        List<Relay.Waiting> during = events(101, 200);
        assertThatThrownBy(() -> publish(publisher, during)).hasMessageContaining("nothing");
        broker = Broker.embedded(data, port);
        while (!isTaken(publisher, during)) {}
        assertThat(calls.messages(aggregate))
                .extracting(Topic.Message::value)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 200)
                        .mapToObj(Integer::toString)
                        .toList());
        publisher.stop(null);
        broker.close();
    }

    private static boolean isTaken(Publisher publisher, List<Relay.Waiting> batch) {
        try {
            return publish(publisher, batch).size() == batch.size();
        } catch (IllegalStateException stillAway) {
            return false;
        }
    }

    private static List<UUID> publish(Publisher publisher, List<Relay.Waiting> batch) {
        return publish(
                publisher, batch, System.nanoTime() + Duration.ofMinutes(1).toNanos());
    }

    private static List<UUID> publish(Publisher publisher, List<Relay.Waiting> batch, long lease) {
        return publisher.publish(batch, lease).await().indefinitely();
    }

    private List<Relay.Waiting> events(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(n -> new Relay.Waiting(
                        UUID.randomUUID(),
                        "default",
                        "calls",
                        aggregate,
                        "call.updated.v1",
                        Integer.toString(n),
                        null,
                        Instant.now()))
                .toList();
    }

    private static Publisher publisher(String bootstrapServers) {
        return new Publisher(
                Map.of("bootstrap.servers", bootstrapServers),
                "frontdesk.",
                "probe",
                true,
                OpenTelemetry.noop().getTracer("probe"));
    }
}
