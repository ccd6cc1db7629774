package dev.frontdesk.events;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.math.BigDecimal;
import java.time.Instant;

/** What a customer's numbers became; published by analytics-service on {@code frontdesk.customer-counters}, keyed by phone. */
public sealed interface CounterEvent extends DomainEvent {

    /** {@code phone} is E.164; {@code totalSpent} in the client's currency. */
    @JsonTypeName("customer-counters.changed.v1")
    record Changed(
            Instant occurredAt,
            String phone,
            long version,
            int totalBookings,
            int totalCalls,
            Instant lastContact,
            BigDecimal totalSpent)
            implements CounterEvent {
        @Override
        public String aggregateType() {
            return "customer-counters";
        }

        @Override
        public String aggregateId() {
            return phone;
        }
    }
}
