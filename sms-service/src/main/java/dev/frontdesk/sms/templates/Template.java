package dev.frontdesk.sms.templates;

import dev.frontdesk.http.Unprocessable;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A client's own words for one purpose. */
@Entity
@Table(name = "templates")
public class Template {

    @Id
    UUID id;

    @Column(name = "client_id", insertable = false, updatable = false)
    String clientId;

    String purpose;

    String body;

    long version;

    @Column(name = "created_at", insertable = false, updatable = false)
    Instant createdAt;

    @Column(name = "updated_at", insertable = false, updatable = false)
    Instant updatedAt;

    protected Template() {}

    static Template of(Purpose purpose, String body) {
        Template template = new Template();
        template.id = UUID.randomUUID();
        template.purpose = purpose.word();
        template.body = checked(purpose, body);
        template.version = 1;
        return template;
    }

    void reword(String words) {
        body = checked(Purpose.of(purpose).orElseThrow(), words);
        version++;
    }

    /** What can't be filled in is found here, not when the text should go out. */
    private static String checked(Purpose purpose, String body) {
        purpose.misunderstood(body).ifPresent(unknown -> {
            throw Unprocessable.field(
                    "body",
                    "%s means nothing here; known: %s".formatted(unknown, String.join(", ", purpose.placeholders())));
        });
        return body;
    }
}
