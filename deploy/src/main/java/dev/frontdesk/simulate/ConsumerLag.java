package dev.frontdesk.simulate;

import dev.frontdesk.local.Service;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** How far the services are behind the topics they read. */
public final class ConsumerLag implements AutoCloseable {
    private final Admin admin;

    public ConsumerLag(String bootstrapServers) {
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    /** What groups have not yet read and committed, by {@code group topic-partition}; empty when they have all there is. */
    public Map<String, Long> behind() {
        return behind(ends());
    }

    /** The same, of what there was when {@link #ends} was asked. */
    public Map<String, Long> behind(Map<TopicPartition, Long> ends) {
        Map<String, Long> behind = new HashMap<>();
        committed()
                .forEach((group, offsets) -> offsets.forEach((partition, offset) -> {
                    long missing = ends.getOrDefault(partition, 0L) - offset.offset();
                    if (missing > 0) {
                        behind.put(group + " " + partition, missing);
                    }
                }));
        return behind;
    }

    /** Whether a group has read and committed all that another has. */
    public boolean isLevel(String group, String other) {
        Map<TopicPartition, OffsetAndMetadata> read = committed(group);
        return committed(other).entrySet().stream()
                .allMatch(entry -> read.containsKey(entry.getKey())
                        && read.get(entry.getKey()).offset() >= entry.getValue().offset());
    }

    /** Where the partitions that somebody reads end now. */
    public Map<TopicPartition, Long> ends() {
        Map<TopicPartition, OffsetSpec> ask = new HashMap<>();
        committed()
                .values()
                .forEach(offsets -> offsets.keySet().forEach(partition -> ask.put(partition, OffsetSpec.latest())));
        Map<TopicPartition, Long> ends = new HashMap<>();
        answer(admin.listOffsets(ask).all()).forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private Map<String, Map<TopicPartition, OffsetAndMetadata>> committed() {
        Map<String, Map<TopicPartition, OffsetAndMetadata>> committed = new HashMap<>();
        for (GroupListing group : answer(admin.listGroups().all())) {
            if (Arrays.stream(Service.values()).noneMatch(it -> group.groupId().startsWith(it.module()))) {
                continue;
            }
            committed.put(group.groupId(), committed(group.groupId()));
        }
        return committed;
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(String group) {
        return answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    }

    private static <T> T answer(KafkaFuture<T> asked) {
        try {
            return asked.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The broker does not say how far its readers are", e.getCause());
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
