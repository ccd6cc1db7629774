package dev.frontdesk.events;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import java.util.UUID;

/** How the forgetting of a person goes on; published by every service on a topic of its own, read by customer-service. */
public sealed interface PrivacyEvent extends DomainEvent {

    /**
     * A service has carried out a {@link CustomerEvent.Erased}: {@code rows} of its database were changed. Keyed by the
     * erasure; {@code service} is the application's name, such as {@code call-service}.
     */
    @JsonTypeName("customer.erasure-done.v1")
    record ErasureDone(Instant occurredAt, UUID erasureId, String pseudonym, String service, int rows)
            implements PrivacyEvent {
        @Override
        public String aggregateType() {
            return switch (service) {
                case "booking-service" -> "bookings";
                case "call-service" -> "calls";
                case "sms-service" -> "sms-messages";
                case "analytics-service" -> "customer-counters";
                default -> "customers";
            };
        }

        @Override
        public String aggregateId() {
            return erasureId.toString();
        }
    }
}
