package dev.frontdesk.booking.catalogue;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** A van, a chair, a room: what serves one booking at a time. As many as there are, as many bookings can overlap. */
@Entity
@Table(name = "resources")
public class Resource {

    @Id
    private UUID id;

    @Column(insertable = false, updatable = false)
    private String clientId;

    private String code;
    private String name;
    private boolean active;
    private int displayOrder;
    private long version;

    protected Resource() {}

    Resource(UUID id, String code, ResourceResource.Terms terms) {
        this.id = id;
        this.code = code;
        apply(terms);
        this.version = 1;
    }

    void change(ResourceResource.Terms terms) {
        apply(terms);
        version++;
    }

    private void apply(ResourceResource.Terms terms) {
        name = terms.name();
        active = terms.active() == null || terms.active();
        displayOrder = terms.displayOrder() == null ? 0 : terms.displayOrder();
    }

    ResourceResource.Terms terms() {
        return new ResourceResource.Terms(name, active, displayOrder);
    }

    public UUID id() {
        return id;
    }

    public String code() {
        return code;
    }

    public boolean isActive() {
        return active;
    }

    long version() {
        return version;
    }
}
