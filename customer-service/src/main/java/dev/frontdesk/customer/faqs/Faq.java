package dev.frontdesk.customer.faqs;

import dev.frontdesk.customer.Tags;
import dev.frontdesk.events.FaqEvent;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A question customers ask and what the agents answer. Every change returns the event that reports it. */
@Entity
@Table(name = "faqs")
public class Faq {

    @Id
    private UUID id;

    @Column(name = "client_id", insertable = false, updatable = false)
    private String clientId;

    private long version;
    private String category;
    private String question;
    private String answer;
    private String[] keywords;

    @Column(name = "is_active")
    private boolean active;

    @Column(name = "display_order")
    private int displayOrder;

    /** Moved by {@link FaqUses}, in the database. */
    @Column(name = "usage_count", insertable = false, updatable = false)
    private int usageCount;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    protected Faq() {}

    /** What people write. */
    record Text(
            String category, String question, String answer, List<String> keywords, boolean active, int displayOrder) {
        Text activated(boolean now) {
            return new Text(category, question, answer, keywords, now, displayOrder);
        }
    }

    Faq(UUID id, Text text, Instant now) {
        this.id = id;
        this.createdAt = now;
        write(text, now);
    }

    FaqEvent created(Instant now) {
        return changed(now);
    }

    FaqEvent edit(Text text, Instant now) {
        write(text, now);
        return changed(now);
    }

    FaqEvent delete(Instant now) {
        return new FaqEvent.Deleted(now, id, version + 1);
    }

    private void write(Text text, Instant now) {
        category = text.category().strip();
        question = text.question().strip();
        answer = text.answer().strip();
        keywords = Tags.normalised(text.keywords()).toArray(String[]::new);
        active = text.active();
        displayOrder = text.displayOrder();
        version++;
        updatedAt = now;
    }

    FaqEvent changed(Instant now) {
        return new FaqEvent.Changed(now, id, version, category, question, answer, keywords(), active, displayOrder);
    }

    Text text() {
        return new Text(category, question, answer, keywords(), active, displayOrder);
    }

    UUID id() {
        return id;
    }

    long version() {
        return version;
    }

    String category() {
        return category;
    }

    String question() {
        return question;
    }

    String answer() {
        return answer;
    }

    List<String> keywords() {
        return List.of(keywords);
    }

    boolean active() {
        return active;
    }

    int displayOrder() {
        return displayOrder;
    }

    int usageCount() {
        return usageCount;
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant updatedAt() {
        return updatedAt;
    }
}
