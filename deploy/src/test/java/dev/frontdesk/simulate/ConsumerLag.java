package dev.frontdesk.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far the services are behind the topics they read. */
final class ConsumerLag {
    private final String bootstrapServers;

    ConsumerLag(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** Waits until every group has read and committed all there is. */
    void awaitNone() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            await().atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> assertThat(behind(admin)).isEmpty());
        }
    }

    private static Map<TopicPartition, Long> behind(Admin admin) throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> behind = new HashMap<>();
        for (GroupListing group : admin.listGroups().all().get()) {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group.groupId())
                    .partitionsToOffsetAndMetadata()
                    .get();
            Map<TopicPartition, OffsetSpec> ask = new HashMap<>();
            committed.keySet().forEach(partition -> ask.put(partition, OffsetSpec.latest()));
            admin.listOffsets(ask).all().get().forEach((partition, end) -> {
                long missing = end.offset() - committed.get(partition).offset();
                if (missing > 0) {
                    behind.put(partition, missing);
                }
            });
        }
        return behind;
    }
}
