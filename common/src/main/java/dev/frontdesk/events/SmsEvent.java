package dev.frontdesk.events;

import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;

/** What happens to texts; published by sms-service on {@code frontdesk.sms-messages}, keyed by message id. */
public sealed interface SmsEvent extends DomainEvent {

    /** The text as it was right after the event. */
    SmsSnapshot message();

    @Override
    default String aggregateType() {
        return "sms-messages";
    }

    @Override
    default String aggregateId() {
        return message().id().toString();
    }

    @JsonTypeName("sms.received.v1")
    record Received(Instant occurredAt, @JsonUnwrapped SmsSnapshot message) implements SmsEvent {}

    /** Written, not yet handed to the provider. */
    @JsonTypeName("sms.queued.v1")
    record Queued(Instant occurredAt, @JsonUnwrapped SmsSnapshot message) implements SmsEvent {}

    /** Handed to the provider. A late price comes as another event of the status the text has then. */
    @JsonTypeName("sms.sent.v1")
    record Sent(Instant occurredAt, @JsonUnwrapped SmsSnapshot message) implements SmsEvent {}

    @JsonTypeName("sms.delivered.v1")
    record Delivered(Instant occurredAt, @JsonUnwrapped SmsSnapshot message) implements SmsEvent {}

    @JsonTypeName("sms.failed.v1")
    record Failed(Instant occurredAt, @JsonUnwrapped SmsSnapshot message) implements SmsEvent {}
}
