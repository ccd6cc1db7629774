package dev.frontdesk.messaging;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.frontdesk.events.DomainEvent;
import dev.frontdesk.events.Events;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * An event as it came from a topic.
 *
 * @param clientId whose it is, from the {@code ce_clientid} header
 * @param eventId the {@code ce_id} header
 */
public record Received(String clientId, String eventId, String traceparent, DomainEvent event) {

    /**
     * Reads a record.
     *
     * @throws Events.Unreadable when the key, the value or a header is missing, the type unknown or the JSON not of the type
     */
    public static Received of(ConsumerRecord<String, byte[]> message) {
        if (message.key() == null || message.key().isEmpty()) {
            throw new Events.Unreadable("the key is missing");
        }
        if (message.value() == null) {
            throw new Events.Unreadable("the value is missing");
        }
        String type = required(message, "ce_type");
        return new Received(
                required(message, "ce_clientid"),
                required(message, "ce_id"),
                header(message, "traceparent"),
                Events.read(type, message.value()));
    }

    /** Whether a record claims to be an event of this type, without reading the rest of it. */
    public static boolean isOf(ConsumerRecord<String, byte[]> message, Class<? extends DomainEvent> type) {
        return type.getAnnotation(JsonTypeName.class).value().equals(header(message, "ce_type"));
    }

    private static String required(ConsumerRecord<String, byte[]> message, String name) {
        String value = header(message, name);
        if (value == null || value.isBlank()) {
            throw new Events.Unreadable("the header " + name + " is missing");
        }
        return value;
    }

    private static String header(ConsumerRecord<String, byte[]> message, String name) {
        Header header = message.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
