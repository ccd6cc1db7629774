package dev.frontdesk.events;

import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.UUID;

/** What happens to customers; published by customer-service on {@code frontdesk.customers}, keyed by customer id. */
public sealed interface CustomerEvent extends DomainEvent {

    @Override
    default String aggregateType() {
        return "customers";
    }

    @JsonTypeName("customer.created.v1")
    record Created(Instant occurredAt, @JsonUnwrapped CustomerSnapshot customer) implements CustomerEvent {
        @Override
        public String aggregateId() {
            return customer.id().toString();
        }
    }

    @JsonTypeName("customer.updated.v1")
    record Updated(Instant occurredAt, @JsonUnwrapped CustomerSnapshot customer) implements CustomerEvent {
        @Override
        public String aggregateId() {
            return customer.id().toString();
        }
    }

    /**
     * A person asked to be forgotten. Every service replaces {@code phone} by {@code pseudonym} and the name by
     * {@code erased}, and does not bring them back when older events are replayed.
     */
    @JsonTypeName("customer.erased.v1")
    record Erased(Instant occurredAt, UUID id, UUID erasureId, String phone, String pseudonym)
            implements CustomerEvent {
        @Override
        public String aggregateId() {
            return id.toString();
        }
    }
}
