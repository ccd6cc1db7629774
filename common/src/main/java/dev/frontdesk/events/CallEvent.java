package dev.frontdesk.events;

import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;

/** What happens to calls; published by call-service on {@code frontdesk.calls}, keyed by call id. */
public sealed interface CallEvent extends DomainEvent {

    /** The call as it was right after the event. */
    CallSnapshot call();

    @Override
    default String aggregateType() {
        return "calls";
    }

    @Override
    default String aggregateId() {
        return call().id().toString();
    }

    @JsonTypeName("call.started.v1")
    record Started(Instant occurredAt, @JsonUnwrapped CallSnapshot call) implements CallEvent {}

    /** The call reached a terminal status; once per call. */
    @JsonTypeName("call.ended.v1")
    record Ended(Instant occurredAt, @JsonUnwrapped CallSnapshot call) implements CallEvent {}

    /** Data arrived or was corrected: cost, recording, sentiment, a booking, a late status. */
    @JsonTypeName("call.updated.v1")
    record Updated(Instant occurredAt, @JsonUnwrapped CallSnapshot call) implements CallEvent {}
}
