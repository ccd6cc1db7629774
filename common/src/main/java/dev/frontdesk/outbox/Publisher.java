package dev.frontdesk.outbox;

import dev.frontdesk.tenancy.Trace;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The one Kafka producer: writes outbox rows as CloudEvents 1.0 in binary mode, in order, acknowledged by all replicas. */
@ApplicationScoped
class Publisher {

    private static final Logger LOG = Logger.getLogger(Publisher.class);

    private static final int DELIVERY_MILLIS = 2_200;

    private final Map<String, Object> kafka;
    private final String topicPrefix;
    private final String source;
    private final Tracer tracer;
    private final boolean traced;
    /** Sending may block while the broker is away, so it has a thread of its own. */
    private final ExecutorService sender =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "outbox-publisher"));

    private Producer<String, byte[]> producer;

    Publisher(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @ConfigProperty(name = "frontdesk.outbox.topic-prefix") String topicPrefix,
            @ConfigProperty(name = "quarkus.application.name") String application,
            @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean untraced,
            Tracer tracer) {
        this.kafka = kafka;
        this.topicPrefix = topicPrefix;
        this.source = "/frontdesk/" + application;
        this.traced = !untraced;
        this.tracer = tracer;
    }

    /**
     * Publishes in order up to the first failure and answers the ids the broker acknowledged before it; what it took behind it
     * is published again, so that the newest event of a key stays the last. Fails if it acknowledged none. Nothing is sent once
     * the lease is over, and what was sent is acknowledged or given up {@value #DELIVERY_MILLIS} ms later.
     *
     * @param lease until when, by {@code System.nanoTime}, sending may begin
     */
    Uni<List<UUID>> publish(List<Relay.Waiting> batch, long lease) {
        return Uni.createFrom().item(() -> send(batch, lease)).runSubscriptionOn(sender);
    }

    private List<UUID> send(List<Relay.Waiting> batch, long lease) {
        List<CompletableFuture<Void>> sent = new ArrayList<>(batch.size());
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Producer<String, byte[]> kafkaProducer = producer();
        for (Relay.Waiting row : batch) {
            if (System.nanoTime() - lease > 0) {
                failure.compareAndSet(null, new IllegalStateException("the lease was over before all was sent"));
            }
            if (failure.get() != null) {
                break;
            }
            CompletableFuture<Void> acknowledged = new CompletableFuture<>();
            sent.add(acknowledged);
            Span span = span(row);
            kafkaProducer.send(record(row, span), (metadata, refusal) -> {
                span.end();
                if (refusal == null) {
                    acknowledged.complete(null);
                } else {
                    if (!isItsOwnFault(refusal)) {
                        failure.compareAndSet(null, refusal);
                    }
                    acknowledged.completeExceptionally(refusal);
                }
            });
        }
        kafkaProducer.flush();
        return acknowledged(batch, sent, failure.get());
    }

    private static List<UUID> acknowledged(
            List<Relay.Waiting> batch, List<CompletableFuture<Void>> sent, Throwable failure) {
        List<UUID> acknowledged = new ArrayList<>(batch.size());
        Throwable why = failure;
        for (int i = 0; i < sent.size(); i++) {
            Throwable refusal = sent.get(i).handle((ok, e) -> e).join();
            if (refusal == null) {
                acknowledged.add(batch.get(i).id());
            } else if (isItsOwnFault(refusal)) {
                why = refusal;
            } else {
                break;
            }
        }
        if (why != null) {
            LOG.warnf(
                    "%d of %d events were not acknowledged, they stay in the outbox: %s",
                    batch.size() - acknowledged.size(), batch.size(), why.getMessage());
        }
        if (acknowledged.isEmpty()) {
            throw new IllegalStateException("the broker acknowledged nothing", why);
        }
        return acknowledged;
    }

    /** A record too large stays behind and holds up no other. */
    private static boolean isItsOwnFault(Throwable refusal) {
        return refusal instanceof RecordTooLargeException;
    }

    /** From the moment the event was written until the broker has it. */
    private Span span(Relay.Waiting row) {
        SpanContext parent = Trace.context(row.traceparent());
        return traced && parent.isValid()
                ? tracer.spanBuilder("publish " + row.type())
                        .setSpanKind(SpanKind.PRODUCER)
                        .setParent(Context.root().with(Span.wrap(parent)))
                        .setAttribute("messaging.destination.name", topicPrefix + row.aggregateType())
                        .setStartTimestamp(row.createdAt())
                        .startSpan()
                : Span.getInvalid();
    }

    private ProducerRecord<String, byte[]> record(Relay.Waiting row, Span span) {
        ProducerRecord<String, byte[]> message = new ProducerRecord<>(
                topicPrefix + row.aggregateType(),
                row.aggregateId(),
                row.payload().getBytes(StandardCharsets.UTF_8));
        header(message, "ce_specversion", "1.0");
        header(message, "ce_id", row.id().toString());
        header(message, "ce_source", source);
        header(message, "ce_type", row.type());
        header(message, "ce_subject", row.aggregateId());
        header(message, "ce_time", row.createdAt().toString());
        header(message, "ce_clientid", row.clientId());
        header(message, "content-type", "application/json");
        String traceparent = span.getSpanContext().isValid() ? Trace.of(span.getSpanContext()) : row.traceparent();
        if (traceparent != null) {
            header(message, "traceparent", traceparent);
        }
        return message;
    }

    private static void header(ProducerRecord<String, byte[]> message, String name, String value) {
        message.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Made when first needed: a service starts and takes webhooks without a broker. */
    private Producer<String, byte[]> producer() {
        if (producer == null) {
            Map<String, Object> settings = new HashMap<>(kafka);
            settings.put(ProducerConfig.CLIENT_ID_CONFIG, source.substring(1).replace('/', '-') + "-outbox");
            settings.put(ProducerConfig.ACKS_CONFIG, "all");
            settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
            settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
            settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
            // A prompt of the largest body /api accepts still fits.
            settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * 1024 * 1024);
            // Together with the lease less than the four seconds for which the relay's lock outlives it.
            settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 750);
            settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000);
            settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
            producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        }
        return producer;
    }

    void stop(@Observes ShutdownEvent stopped) {
        sender.execute(() -> {
            if (producer != null) {
                producer.close(Duration.ofSeconds(5));
            }
        });
        sender.shutdown();
    }
}
