package dev.frontdesk.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.events.CallEvent;
import dev.frontdesk.events.CallSnapshot;
import dev.frontdesk.events.Events;
import dev.frontdesk.tenancy.Tenant;
import dev.frontdesk.testing.CommonProfile;
import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Infrastructure;
import dev.frontdesk.testing.Inside;
import dev.frontdesk.testing.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(CommonProfile.class)
@QuarkusTestResource(Infrastructure.class)
class OutboxIT {

    private static final Topic CALLS = Topic.named("frontdesk.calls");

    @Inject
    Tenant tenant;

    @Inject
    Outbox outbox;

    @Test
    void anEventAppendedInATransactionArrivesAsACloudEventAndLeavesTheOutbox() {
        UUID id = UUID.randomUUID();
        Inside.aRequest(() -> tenant.transaction("acme", () -> outbox.append(started(id, 1))));

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(CALLS.messages(id.toString())).hasSize(1));
        Topic.Message message = CALLS.messages(id.toString()).get(0);
        assertThat(message.headers())
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_type", "call.started.v1")
                .containsEntry("ce_subject", id.toString())
                .containsEntry("ce_clientid", "acme")
                .containsEntry("ce_source", "/frontdesk/common")
                .containsEntry("content-type", "application/json")
                .containsKeys("ce_id", "ce_time", "traceparent");
        assertThat(Events.read("call.started.v1", message.value().getBytes())).isEqualTo(started(id, 1));
        await().untilAsserted(() -> assertThat(waiting(id)).isZero());
    }

    @Test
    void eventsOfOneAggregateKeepTheirOrder() {
        UUID id = UUID.randomUUID();
        List<CallEvent> events =
                IntStream.rangeClosed(1, 300).mapToObj(n -> started(id, n)).toList();
        for (CallEvent event : events) {
            Inside.aRequest(() -> tenant.sql("default", connection -> outbox.append(connection, List.of(event))));
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(waiting(id)).isZero());
        assertThat(CALLS.messages(id.toString()))
                .extracting(message ->
                        Events.read("call.started.v1", message.value().getBytes()))
                .containsExactlyElementsOf(List.copyOf(events));
    }

    @Test
    void aTransactionThatFailsPublishesNothing() {
        UUID id = UUID.randomUUID();
        UUID marker = UUID.randomUUID();
        assertThatThrownBy(() -> Inside.aRequest(() -> tenant.transaction(
                        "default",
                        () -> outbox.append(started(id, 1))
                                .chain(() -> Uni.createFrom().<Void>failure(new IllegalArgumentException("no"))))))
                .hasMessage("no");
        Inside.aRequest(() -> tenant.transaction("default", () -> outbox.append(started(marker, 1))));
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(CALLS.messages(marker.toString())).hasSize(1));
        assertThat(CALLS.messages(id.toString())).isEmpty();
    }

    @Test
    void aRowOfALongTransactionIsPublishedWhenItCommits() {
        UUID late = UUID.randomUUID();
        UUID early = UUID.randomUUID();
        Inside.aRequest(() -> tenant.sql(
                "default",
                slow -> outbox.append(slow, List.of(started(late, 1)))
                        // A younger row commits and is published while the older one is still invisible.
                        .chain(() -> tenant.sql("default", quick -> outbox.append(quick, List.of(started(early, 1)))))
                        .invoke(() -> {})));
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(CALLS.messages(early.toString())).hasSize(1);
            assertThat(CALLS.messages(late.toString())).hasSize(1);
        });
    }

    private static long waiting(UUID id) {
        return Database.asSuperuser("call").count("select count(*) from outbox where aggregateid = ?", id.toString());
    }

    private static CallEvent started(UUID id, long version) {
        Instant now = Instant.parse("2026-03-08T15:00:00Z");
        return new CallEvent.Started(
                now,
                new CallSnapshot(
                        id,
                        version,
                        "+14155550123",
                        null,
                        "in-progress",
                        "inbound",
                        0,
                        BigDecimal.ZERO,
                        null,
                        "twilio",
                        "CA" + id,
                        null,
                        null,
                        null,
                        now,
                        null,
                        now));
    }
}
