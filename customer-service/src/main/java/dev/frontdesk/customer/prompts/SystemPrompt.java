package dev.frontdesk.customer.prompts;

import dev.frontdesk.events.PromptEvent;
import dev.frontdesk.http.Unprocessable;
import dev.frontdesk.prompts.Placeholders;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** One version of what an agent is told to be. The text never changes; only which version is active does. */
@Entity
@Table(name = "system_prompts")
public class SystemPrompt {

    @Id
    private UUID id;

    @Column(name = "client_id", insertable = false, updatable = false)
    private String clientId;

    private long version;

    @Column(name = "prompt_type")
    private String promptType;

    @Column(name = "system_prompt")
    private String systemPrompt;

    @Column(name = "prompt_version")
    private String promptVersion;

    @Column(name = "is_active")
    private boolean active;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    protected SystemPrompt() {}

    SystemPrompt(UUID id, String promptType, String systemPrompt, PromptVersion promptVersion, Instant now) {
        requireFillable(systemPrompt);
        this.id = id;
        this.version = 1;
        this.promptType = promptType;
        this.systemPrompt = systemPrompt;
        this.promptVersion = promptVersion.toString();
        this.createdAt = now;
        this.updatedAt = now;
    }

    /** From now on the one of its type; {@code activation} counts the activations of the type. */
    PromptEvent activate(String client, long activation, Instant now) {
        active = true;
        version++;
        updatedAt = now;
        return new PromptEvent.Activated(now, id, activation, promptType, promptVersion, systemPrompt, client);
    }

    void giveWay(Instant now) {
        active = false;
        version++;
        updatedAt = now;
    }

    private static void requireFillable(String text) {
        Set<String> unknown = Placeholders.of(text);
        unknown.removeAll(Placeholders.KNOWN);
        if (!unknown.isEmpty()) {
            throw Unprocessable.field(
                    "system_prompt",
                    "unknown placeholder {{%s}}; known: %s"
                            .formatted(String.join("}}, {{", unknown), String.join(", ", Placeholders.KNOWN)));
        }
        String rest = Placeholders.fill(text, Map.of());
        if (rest.contains("{{") || rest.contains("}}")) {
            throw Unprocessable.field("system_prompt", "a placeholder is not closed, or not opened");
        }
    }

    UUID id() {
        return id;
    }

    long version() {
        return version;
    }

    String promptType() {
        return promptType;
    }

    String systemPrompt() {
        return systemPrompt;
    }

    String promptVersion() {
        return promptVersion;
    }

    boolean active() {
        return active;
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant updatedAt() {
        return updatedAt;
    }
}
