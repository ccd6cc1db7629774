package dev.frontdesk.events;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import java.util.UUID;

/** What agents are told to be; published by customer-service on the compacted {@code frontdesk.system-prompts}. */
public sealed interface PromptEvent extends DomainEvent {

    /**
     * This text is now the active one of its type ({@code voice} or {@code sms}). Keyed by type within the client, so that
     * compaction keeps exactly the active prompts; {@code version} grows with every activation of the type.
     */
    @JsonTypeName("system-prompt.activated.v1")
    record Activated(
            Instant occurredAt,
            UUID id,
            long version,
            String promptType,
            String promptVersion,
            String systemPrompt,
            String clientId)
            implements PromptEvent {
        @Override
        public String aggregateType() {
            return "system-prompts";
        }

        @Override
        public String aggregateId() {
            return clientId + ":" + promptType;
        }
    }
}
