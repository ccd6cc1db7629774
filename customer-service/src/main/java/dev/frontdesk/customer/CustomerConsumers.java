package dev.frontdesk.customer;

import dev.frontdesk.customer.faqs.FaqUses;
import dev.frontdesk.customer.privacy.Receipts;
import dev.frontdesk.events.CounterEvent;
import dev.frontdesk.events.FaqEvent;
import dev.frontdesk.events.PrivacyEvent;
import dev.frontdesk.messaging.Inbox;
import dev.frontdesk.messaging.Received;
import dev.frontdesk.settings.Clients;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Everything this service hears: signs of life, counters, FAQs that were used, erasures that were carried out. */
@ApplicationScoped
class CustomerConsumers {

    private final Inbox inbox;
    private final Encounters encounters;
    private final FaqUses uses;
    private final Receipts receipts;
    private final Clients clients;

    CustomerConsumers(Inbox inbox, Encounters encounters, FaqUses uses, Receipts receipts, Clients clients) {
        this.inbox = inbox;
        this.encounters = encounters;
        this.uses = uses;
        this.receipts = receipts;
        this.clients = clients;
    }

    @Incoming("bookings")
    Uni<Void> onBooking(ConsumerRecord<String, byte[]> message) {
        return inbox.receive(message, this::apply);
    }

    @Incoming("calls")
    Uni<Void> onCall(ConsumerRecord<String, byte[]> message) {
        return inbox.receive(message, this::apply);
    }

    @Incoming("texts")
    Uni<Void> onText(ConsumerRecord<String, byte[]> message) {
        return inbox.receive(message, this::apply);
    }

    @Incoming("counters")
    Uni<Void> onCounters(ConsumerRecord<String, byte[]> message) {
        return inbox.receive(message, this::apply);
    }

    /** Our own topic: what we acknowledged ourselves. */
    @Incoming("customers")
    Uni<Void> onCustomer(ConsumerRecord<String, byte[]> message) {
        return inbox.receive(message, this::apply);
    }

    private Uni<Void> apply(Received received) {
        String clientId = received.clientId();
        if (received.event() instanceof CounterEvent.Changed counters) {
            return encounters.count(clientId, counters);
        }
        if (received.event() instanceof FaqEvent.Used use) {
            return uses.note(clientId, use);
        }
        if (received.event() instanceof PrivacyEvent.ErasureDone done) {
            return receipts.note(clientId, done);
        }
        return Encounter.of(received.event(), clients.get(clientId).region())
                .map(encounter -> encounters.writeDown(clientId, encounter))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }
}
