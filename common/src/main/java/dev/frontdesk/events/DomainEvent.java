package dev.frontdesk.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;

/**
 * A fact one service tells the others: a flat, snake_case JSON object with a snapshot of the thing and its version. The
 * type, the client and the id of the event travel as CloudEvents 1.0 attributes in Kafka headers (binary mode). Never
 * carries secrets, message bodies, transcripts or recordings.
 */
public sealed interface DomainEvent
        permits BookingEvent, CallEvent, SmsEvent, CustomerEvent, CounterEvent, FaqEvent, PromptEvent, PrivacyEvent {

    /** When it happened, which is not when it was published. */
    Instant occurredAt();

    /** The kind of thing it happened to, in plural; with a prefix, the name of the topic. */
    @JsonIgnore
    String aggregateType();

    /** Id of the thing it happened to; events of one id keep their order. */
    @JsonIgnore
    String aggregateId();

    /** Versioned name, such as {@code booking.confirmed.v1}; the {@code ce_type} header. */
    @JsonIgnore
    default String type() {
        return getClass().getAnnotation(JsonTypeName.class).value();
    }
}
