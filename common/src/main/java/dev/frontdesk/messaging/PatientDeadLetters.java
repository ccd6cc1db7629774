package dev.frontdesk.messaging;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaConnectorIncomingConfiguration;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.smallrye.reactive.messaging.kafka.fault.KafkaFailureHandler;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.eclipse.microprofile.reactive.messaging.Metadata;

/**
 * The failure strategy {@code patient-dead-letter-queue}: as SmallRye's own, but a dead letter that cannot be sent is tried
 * until it can. Theirs gives up after two minutes, and that ends the channel.
 */
@ApplicationScoped
@Identifier("patient-dead-letter-queue")
class PatientDeadLetters implements KafkaFailureHandler.Factory {

    private final KafkaFailureHandler.Factory queues;

    PatientDeadLetters(@Identifier(KafkaFailureHandler.Strategy.DEAD_LETTER_QUEUE) KafkaFailureHandler.Factory queues) {
        this.queues = queues;
    }

    @Override
    public KafkaFailureHandler create(
            KafkaConnectorIncomingConfiguration config,
            Vertx vertx,
            KafkaConsumer<?, ?> consumer,
            BiConsumer<Throwable, Boolean> reportFailure) {
        return new Patient(queues.create(config, vertx, consumer, reportFailure));
    }

    private record Patient(KafkaFailureHandler queue) implements KafkaFailureHandler {

        @Override
        public <K, V> Uni<Void> handle(IncomingKafkaRecord<K, V> message, Throwable reason, Metadata metadata) {
            return Uni.createFrom()
                    .deferred(() -> queue.handle(message, reason, metadata))
                    .onFailure()
                    .retry()
                    .withBackOff(Duration.ofSeconds(1), Duration.ofSeconds(20))
                    .indefinitely();
        }

        @Override
        public void terminate() {
            queue.terminate();
        }
    }
}
