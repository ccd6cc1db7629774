package dev.frontdesk.analytics;

import dev.frontdesk.events.Events;
import dev.frontdesk.messaging.Inbox;
import dev.frontdesk.messaging.Received;
import dev.frontdesk.settings.Clients;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Takes events in by the batch: reads them, counts what is good with one statement per client, puts what is poison on the
 * dead-letter topic one by one, and only then says that the batch is done. A crash at any point repeats the batch, which
 * changes nothing that was already counted.
 */
@ApplicationScoped
class Intake {

    private static final Logger LOG = Logger.getLogger(Intake.class);

    /** SQLSTATE classes: data exception, integrity constraint, program limit exceeded. */
    private static final Set<String> VALUES_AT_FAULT = Set.of("22", "23", "54");

    /** Clients of one batch that are counted at the same time; the pool has ten connections and pages to serve. */
    private static final int CLIENTS_AT_ONCE = 3;

    private final Inbox inbox;
    private final Clients clients;
    private final Rollups rollups;
    private final Counter events;

    Intake(Inbox inbox, Clients clients, Rollups rollups, MeterRegistry metrics) {
        this.inbox = inbox;
        this.clients = clients;
        this.rollups = rollups;
        this.events = metrics.counter("frontdesk_analytics_events");
    }

    @Incoming("calls")
    Uni<Void> calls(KafkaRecordBatch<String, byte[]> batch) {
        return take(batch);
    }

    @Incoming("bookings")
    Uni<Void> bookings(KafkaRecordBatch<String, byte[]> batch) {
        return take(batch);
    }

    @Incoming("texts")
    Uni<Void> texts(KafkaRecordBatch<String, byte[]> batch) {
        return take(batch);
    }

    /** One event that could be read. */
    private record Readable(KafkaRecord<String, byte[]> message, Fact fact, String trace) {}

    /** One record that never will be. */
    private record Poison(KafkaRecord<String, byte[]> message, Throwable reason) {}

    private Uni<Void> take(KafkaRecordBatch<String, byte[]> batch) {
        Map<String, List<Readable>> byClient = new TreeMap<>();
        List<Poison> poison = new ArrayList<>();
        for (KafkaRecord<String, byte[]> message : batch) {
            try {
                Received received = inbox.read(content(message));
                Fact fact = Fact.of(
                        received.event(), clients.get(received.clientId()).timeZone());
                byClient.computeIfAbsent(received.clientId(), client -> new ArrayList<>())
                        .add(new Readable(message, fact, received.traceparent()));
            } catch (Events.Unreadable e) {
                poison.add(new Poison(message, e));
            }
        }
        events.increment(batch.getRecords().size());
        return Multi.createFrom()
                .iterable(byClient.entrySet())
                .onItem()
                .transformToUni(it -> count(it.getKey(), it.getValue(), poison))
                .merge(CLIENTS_AT_ONCE)
                .onItem()
                .ignoreAsUni()
                // The last record of a partition may be poison: refusing it marks all before it as done.
                .chain(() -> refuse(poison))
                .chain(() -> persistently(Uni.createFrom().completionStage(batch::ack)));
    }

    /** Counts together; where the database refuses, halves until the one it refuses is found. */
    private Uni<Void> count(String clientId, List<Readable> readable, List<Poison> poison) {
        return rollups.add(
                        clientId,
                        readable.stream().map(Readable::fact).toList(),
                        readable.get(readable.size() - 1).trace())
                .onFailure(failure -> !isRefusal(failure))
                .invoke(failure -> LOG.warnf("%d events wait to be counted: %s", readable.size(), failure.getMessage()))
                .onFailure(failure -> !isRefusal(failure))
                .retry()
                .withBackOff(Duration.ofMillis(100), Duration.ofSeconds(3))
                .indefinitely()
                .onFailure()
                .recoverWithUni(refusal -> isolate(clientId, readable, refusal, poison));
    }

    private Uni<Void> isolate(String clientId, List<Readable> readable, Throwable refusal, List<Poison> poison) {
        if (readable.size() == 1) {
            poison.add(new Poison(readable.get(0).message(), refusal));
            return Uni.createFrom().voidItem();
        }
        int half = readable.size() / 2;
        return count(clientId, readable.subList(0, half), poison)
                .chain(() -> count(clientId, readable.subList(half, readable.size()), poison));
    }

    /** The values themselves are at fault: out of range, against a constraint, too large. Anything else may pass. */
    private static boolean isRefusal(Throwable failure) {
        return failure instanceof IllegalArgumentException
                || failure instanceof PgException refused
                        && refused.getSqlState() != null
                        && VALUES_AT_FAULT.contains(refused.getSqlState().substring(0, 2));
    }

    private Uni<Void> refuse(List<Poison> poison) {
        return Multi.createFrom()
                .iterable(poison)
                .onItem()
                .transformToUniAndConcatenate(it -> {
                    inbox.report(content(it.message()), it.reason());
                    return persistently(
                            Uni.createFrom().completionStage(() -> it.message().nack(it.reason())));
                })
                .onItem()
                .ignoreAsUni();
    }

    /** The broker may be away; a failure here would end the channel. */
    private static Uni<Void> persistently(Uni<Void> work) {
        return work.onFailure()
                .retry()
                .withBackOff(Duration.ofMillis(200), Duration.ofSeconds(3))
                .indefinitely();
    }

    @SuppressWarnings("unchecked")
    private static ConsumerRecord<String, byte[]> content(KafkaRecord<String, byte[]> message) {
        return message.getMetadata(IncomingKafkaRecordMetadata.class)
                .orElseThrow()
                .getRecord();
    }
}
