package dev.frontdesk.booking.catalogue;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A time at which one resource, or the whole business, serves nobody: a holiday, a van at the garage. */
@Entity
@Table(name = "closures")
public class Closure {

    @Id
    private UUID id;

    @Column(insertable = false, updatable = false)
    private String clientId;

    private UUID resourceId;
    private Instant startsAt;
    private Instant endsAt;
    private String reason;

    protected Closure() {}

    public Closure(UUID resourceId, Instant startsAt, Instant endsAt, String reason) {
        this.id = UUID.randomUUID();
        this.resourceId = resourceId;
        this.startsAt = startsAt;
        this.endsAt = endsAt;
        this.reason = reason;
    }

    /** True if it is the whole business that is closed. */
    public boolean isForAll() {
        return resourceId == null;
    }

    public boolean isFor(UUID resource) {
        return resourceId == null || resourceId.equals(resource);
    }

    public boolean overlaps(Instant from, Instant to) {
        return startsAt.isBefore(to) && from.isBefore(endsAt);
    }

    UUID id() {
        return id;
    }

    UUID resourceId() {
        return resourceId;
    }

    public Instant startsAt() {
        return startsAt;
    }

    public Instant endsAt() {
        return endsAt;
    }

    String reason() {
        return reason;
    }
}
