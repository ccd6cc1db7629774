package dev.frontdesk.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.events.DomainEvent;
import dev.frontdesk.events.Events;
import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Infrastructure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The topics, as the other services write to them. */
public final class Wire {

    private static final Database ANALYTICS = Database.asSuperuser("analytics");
    private static final KafkaProducer<String, byte[]> PRODUCER = new KafkaProducer<>(
            Map.of("bootstrap.servers", Infrastructure.bootstrapServers(), "linger.ms", 5),
            new StringSerializer(),
            new ByteArraySerializer());

    private Wire() {}

    public static void send(String client, DomainEvent... events) {
        send(client, List.of(events));
    }

    public static void send(String client, Collection<? extends DomainEvent> events) {
        events.forEach(event -> PRODUCER.send(record(client, null, event)));
        PRODUCER.flush();
    }

    /** Any bytes under any headers. */
    public static void sendRaw(String topic, String key, String value, Map<String, String> headers) {
        ProducerRecord<String, byte[]> message =
                new ProducerRecord<>(topic, key, value == null ? null : value.getBytes(StandardCharsets.UTF_8));
        headers.forEach((name, text) -> message.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        PRODUCER.send(message);
        PRODUCER.flush();
    }

    /**
     * Returns when everything sent before has been counted. The first markers come behind it in every partition; the
     * second are sent when those were counted, so a batch with one of them starts after what came before is done with.
     */
    public static void settle() {
        mark();
        mark();
    }

    private static void mark() {
        List<UUID> markers = new ArrayList<>();
        for (int partition = 0; partition < 6; partition++) {
            markers.add(marker(partition, Told.call("acme").on(Instant.EPOCH).started()));
            markers.add(marker(partition, Told.booking("acme").on(Instant.EPOCH).created()));
            markers.add(marker(partition, Told.text("acme").on(Instant.EPOCH).received()));
        }
        PRODUCER.flush();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(ANALYTICS.count(
                                "select count(*) from facts where id = any(?)", (Object) markers.toArray(UUID[]::new)))
                        .isEqualTo(markers.size()));
    }

    private static UUID marker(int partition, DomainEvent event) {
        PRODUCER.send(record("acme", partition, event));
        return UUID.fromString(event.aggregateId());
    }

    private static ProducerRecord<String, byte[]> record(String client, Integer partition, DomainEvent event) {
        ProducerRecord<String, byte[]> message = new ProducerRecord<>(
                "frontdesk." + event.aggregateType(),
                partition,
                event.aggregateId(),
                Events.write(event).getBytes(StandardCharsets.UTF_8));
        Told.headers(client, event.type())
                .forEach((name, text) -> message.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        return message;
    }

    /** The type name of a call event, for records made by hand. */
    public static final String CALL_ENDED = "call.ended.v1";
}
