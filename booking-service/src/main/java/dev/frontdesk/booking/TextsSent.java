package dev.frontdesk.booking;

import dev.frontdesk.events.SmsEvent;
import dev.frontdesk.events.SmsSnapshot;
import dev.frontdesk.messaging.Inbox;
import dev.frontdesk.messaging.Received;
import dev.frontdesk.tenancy.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Ticks {@code confirmation_sent} and {@code reminder_sent} when sms-service has handed the text over. A text about a time
 * the booking no longer has ticks nothing; a repeated event finds nothing left to tick. Ticks are bookkeeping: they move
 * neither the booking's version nor an event.
 */
@ApplicationScoped
class TextsSent {

    private final Inbox inbox;
    private final Tenant tenant;

    TextsSent(Inbox inbox, Tenant tenant) {
        this.inbox = inbox;
        this.tenant = tenant;
    }

    @Incoming("texts")
    Uni<Void> on(ConsumerRecord<String, byte[]> message) {
        return inbox.receive(message, this::apply);
    }

    private Uni<Void> apply(Received received) {
        boolean handedOver =
                received.event() instanceof SmsEvent.Sent || received.event() instanceof SmsEvent.Delivered;
        SmsSnapshot text = handedOver ? ((SmsEvent) received.event()).message() : null;
        if (text == null || text.bookingId() == null || text.bookingTimeVersion() == null || text.purpose() == null) {
            return Uni.createFrom().voidItem();
        }
        return switch (text.purpose()) {
            case "confirmation", "change" ->
                tick(
                        received.clientId(),
                        text,
                        "update bookings set confirmation_sent = true where id = $1 and time_version = $2 and not confirmation_sent");
            case "reminder" ->
                tick(
                        received.clientId(),
                        text,
                        "update bookings set reminder_sent = true where id = $1 and time_version = $2 and not reminder_sent");
            default -> Uni.createFrom().voidItem();
        };
    }

    private Uni<Void> tick(String clientId, SmsSnapshot text, String update) {
        return tenant.sql(
                clientId,
                connection -> connection
                        .preparedQuery(update)
                        .execute(Tuple.of(text.bookingId(), text.bookingTimeVersion()))
                        .replaceWithVoid());
    }
}
