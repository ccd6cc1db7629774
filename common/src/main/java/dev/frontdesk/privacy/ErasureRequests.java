package dev.frontdesk.privacy;

import dev.frontdesk.events.CustomerEvent;
import dev.frontdesk.messaging.Inbox;
import dev.frontdesk.messaging.Received;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Every service listens for people who asked to be forgotten, in a consumer group of its own for just that. */
@ApplicationScoped
class ErasureRequests {

    private final Inbox inbox;
    private final Erasures erasures;

    ErasureRequests(Inbox inbox, Erasures erasures) {
        this.inbox = inbox;
        this.erasures = erasures;
    }

    @Incoming("erasures")
    Uni<Void> on(ConsumerRecord<String, byte[]> message) {
        // The rest of the topic, poison included, is the business of the service's own consumer.
        return Received.isOf(message, CustomerEvent.Erased.class)
                ? inbox.receive(message, this::apply)
                : Uni.createFrom().voidItem();
    }

    private Uni<Void> apply(Received received) {
        return received.event() instanceof CustomerEvent.Erased person
                ? erasures.begin(received.clientId(), person)
                : Uni.createFrom().voidItem();
    }
}
