package dev.frontdesk.testing;

import dev.frontdesk.events.DomainEvent;
import dev.frontdesk.events.Events;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A topic as a stranger sees it: what lies on it from offset 0, and a way to put a record there. */
public final class Topic {
    /** One record; {@code value} is null for a tombstone, header values are text. */
    public record Message(String key, String value, Map<String, String> headers, int partition, long offset) {}

    private final String bootstrapServers;
    private final String name;

    private Topic(String bootstrapServers, String name) {
        this.bootstrapServers = bootstrapServers;
        this.name = name;
    }

    /** The topic on the broker that {@link Infrastructure} started in this JVM. */
    public static Topic named(String name) {
        return at(Infrastructure.bootstrapServers(), name);
    }

    public static Topic at(String bootstrapServers, String name) {
        return new Topic(bootstrapServers, name);
    }

    /** An event as the service that it comes from would publish it. */
    public static void publish(String clientId, DomainEvent event) {
        named("frontdesk." + event.aggregateType())
                .send(
                        event.aggregateId(),
                        Events.write(event),
                        Map.of(
                                "ce_id", UUID.randomUUID().toString(),
                                "ce_source", "/frontdesk/test",
                                "ce_type", event.type(),
                                "ce_specversion", "1.0",
                                "ce_subject", event.aggregateId(),
                                "ce_time", event.occurredAt().toString(),
                                "ce_clientid", clientId));
    }

    /** Returns after the broker has acknowledged the record. */
    public void send(String key, String value, Map<String, String> headers) {
        send(key, bytes(value), headers);
    }

    public void send(String key, byte[] value, Map<String, String> headers) {
        send(List.of(record(key, value, headers)));
    }

    /** Puts messages there again as they are, keys and headers included, in this order. */
    public void sendAgain(List<Message> messages) {
        send(messages.stream()
                .map(message -> record(message.key(), bytes(message.value()), message.headers()))
                .toList());
    }

    private ProducerRecord<String, byte[]> record(String key, byte[] value, Map<String, String> headers) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(name, key, value);
        headers.forEach((header, text) -> record.headers().add(header, bytes(text)));
        return record;
    }

    private void send(List<ProducerRecord<String, byte[]>> records) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "max.request.size", 4 * 1024 * 1024);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            for (Future<RecordMetadata> sent :
                    records.stream().map(producer::send).toList()) {
                sent.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Not sent to " + name, e.getCause());
        }
    }

    /** Everything on the topic from offset 0 to where it ends now, in order per partition. */
    public List<Message> messages() {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers, "enable.auto.commit", false);
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(name).stream()
                    .map(partition -> new TopicPartition(name, partition.partition()))
                    .toList();
            Map<TopicPartition, Long> end = new HashMap<>(consumer.endOffsets(partitions));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<Message> messages = new ArrayList<>();
            while (end.entrySet().stream().anyMatch(entry -> consumer.position(entry.getKey()) < entry.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> messages.add(message(record)));
            }
            return messages;
        }
    }

    /** The messages with this key, in order. */
    public List<Message> messages(String key) {
        return messages().stream().filter(message -> key.equals(message.key())).toList();
    }

    private static Message message(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new LinkedHashMap<>();
        record.headers().forEach(header -> headers.put(header.key(), text(header.value())));
        return new Message(record.key(), text(record.value()), headers, record.partition(), record.offset());
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }
}
