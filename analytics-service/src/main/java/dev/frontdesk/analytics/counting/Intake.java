package dev.frontdesk.analytics.counting;

import dev.frontdesk.events.Events;
import dev.frontdesk.events.FaqEvent;
import dev.frontdesk.events.PrivacyEvent;
import dev.frontdesk.messaging.Inbox;
import dev.frontdesk.messaging.Received;
import dev.frontdesk.privacy.ErasedPeople;
import dev.frontdesk.settings.Clients;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.smallrye.reactive.messaging.kafka.KafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
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
    private final ErasedPeople erased;
    private final Rollups rollups;
    private final Counter events;

    Intake(Inbox inbox, Clients clients, ErasedPeople erased, Rollups rollups, MeterRegistry metrics) {
        this.inbox = inbox;
        this.clients = clients;
        this.erased = erased;
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
        List<Poison> poison = new ArrayList<>();
        List<KafkaRecord<String, byte[]>> messages = new ArrayList<>();
        return read(batch, messages, poison)
                .chain(received -> persistently(() -> erased.cleanse(received)))
                .map(cleansed -> byClient(messages, cleansed, poison))
                .chain(clients -> count(clients, poison))
                // The last record of a partition may be poison: refusing it marks all before it as done.
                .chain(() -> refuse(poison))
                .chain(() -> persistently(() -> Uni.createFrom().completionStage(batch.ack())))
                .invoke(() -> events.increment(batch.getRecords().size()));
    }

    /** Away from the event loop: there it would keep another batch, which holds the day's row, from its commit. */
    private Uni<List<Received>> read(
            KafkaRecordBatch<String, byte[]> batch, List<KafkaRecord<String, byte[]>> messages, List<Poison> poison) {
        return UniHelper.toUni(Vertx.currentContext()
                .executeBlocking(
                        () -> {
                            List<Received> received = new ArrayList<>();
                            for (KafkaRecord<String, byte[]> message : batch) {
                                try {
                                    received.add(inbox.read(content(message)));
                                    messages.add(message);
                                } catch (Events.Unreadable e) {
                                    poison.add(new Poison(message, e));
                                }
                            }
                            return received;
                        },
                        false));
    }

    private Map<String, List<Readable>> byClient(
            List<KafkaRecord<String, byte[]>> messages, List<Received> received, List<Poison> poison) {
        Map<String, List<Readable>> byClient = new TreeMap<>();
        for (int i = 0; i < received.size(); i++) {
            Received it = received.get(i);
            if (it.event() instanceof PrivacyEvent || it.event() instanceof FaqEvent) {
                continue; // The services also say on their topics that they forgot somebody, or which FAQ they told.
            }
            try {
                Fact fact = Fact.of(it.event(), clients.get(it.clientId()).timeZone());
                byClient.computeIfAbsent(it.clientId(), client -> new ArrayList<>())
                        .add(new Readable(messages.get(i), fact, it.traceparent()));
            } catch (Events.Unreadable e) {
                poison.add(new Poison(messages.get(i), e));
            }
        }
        return byClient;
    }

    private Uni<Void> count(Map<String, List<Readable>> byClient, List<Poison> poison) {
        return Multi.createFrom()
                .iterable(byClient.entrySet())
                .onItem()
                .transformToUni(it -> count(it.getKey(), it.getValue(), poison))
                .merge(CLIENTS_AT_ONCE)
                .onItem()
                .ignoreAsUni();
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
                            () -> Uni.createFrom().completionStage(it.message().nack(it.reason())));
                })
                .onItem()
                .ignoreAsUni();
    }

    /** The broker or the database may be away; a failure here would end the channel. */
    private static <T> Uni<T> persistently(Supplier<Uni<? extends T>> work) {
        return Uni.createFrom()
                .<T>deferred(work)
                .onFailure()
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
