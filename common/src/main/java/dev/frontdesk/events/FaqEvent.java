package dev.frontdesk.events;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What happens to FAQs. Changes are published by customer-service on the compacted {@code frontdesk.faqs}, keyed by FAQ id. */
public sealed interface FaqEvent extends DomainEvent {

    /** The whole FAQ, so that a copy needs nothing else. */
    @JsonTypeName("faq.changed.v1")
    record Changed(
            Instant occurredAt,
            UUID id,
            long version,
            String category,
            String question,
            String answer,
            List<String> keywords,
            @JsonProperty("is_active") boolean active,
            int displayOrder)
            implements FaqEvent {
        @Override
        public String aggregateType() {
            return "faqs";
        }

        @Override
        public String aggregateId() {
            return id.toString();
        }
    }

    @JsonTypeName("faq.deleted.v1")
    record Deleted(Instant occurredAt, UUID id, long version) implements FaqEvent {
        @Override
        public String aggregateType() {
            return "faqs";
        }

        @Override
        public String aggregateId() {
            return id.toString();
        }
    }

    /**
     * An agent answered with a FAQ, or found none ({@code faqId} null, {@code question} set, at most 200 characters, digits
     * masked). Published by the service that answered, on its own topic, because a compacted topic would forget it.
     *
     * @param id one per use: the tool call or the inbound text
     * @param channel {@code voice} or {@code sms}
     * @param phoneNumber who asked the {@code question}, in E.164, for people name themselves in what they ask; null where
     *     there is none, and of a withheld number
     */
    @JsonTypeName("faq.used.v1")
    record Used(Instant occurredAt, UUID id, String channel, UUID faqId, String question, String phoneNumber)
            implements FaqEvent {
        @Override
        public String aggregateType() {
            return "voice".equals(channel) ? "calls" : "sms-messages";
        }

        @Override
        public String aggregateId() {
            return id.toString();
        }
    }
}
