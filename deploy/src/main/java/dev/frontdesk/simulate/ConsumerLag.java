package dev.frontdesk.simulate;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far the services are behind the topics they read. */
public final class ConsumerLag implements AutoCloseable {
    private final Admin admin;

    public ConsumerLag(String bootstrapServers) {
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    /** What groups have not yet read and committed, by {@code group topic-partition}; empty when they have all there is. */
    public Map<String, Long> behind() {
        try {
            Map<String, Long> behind = new HashMap<>();
            for (GroupListing group : admin.listGroups().all().get()) {
                missing(group.groupId()).forEach((where, much) -> behind.put(group.groupId() + " " + where, much));
            }
            return behind;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The broker does not say how far its readers are", e.getCause());
        }
    }

    private Map<TopicPartition, Long> missing(String group) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        Map<TopicPartition, OffsetSpec> ask = new HashMap<>();
        committed.keySet().forEach(partition -> ask.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, Long> missing = new HashMap<>();
        admin.listOffsets(ask).all().get().forEach((partition, end) -> {
            long much = end.offset() - committed.get(partition).offset();
            if (much > 0) {
                missing.put(partition, much);
            }
        });
        return missing;
    }

    @Override
    public void close() {
        admin.close();
    }
}
