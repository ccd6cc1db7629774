package dev.frontdesk.customer;

import dev.frontdesk.events.CustomerEvent;
import dev.frontdesk.events.CustomerSnapshot;
import dev.frontdesk.http.Conflict;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** A person who calls, texts or books: one per client and number. Every change returns the event that reports it. */
@Entity
@Table(name = "customers")
public class Customer {

    @Id
    private UUID id;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    @Column(name = "client_id", insertable = false, updatable = false)
    private String clientId;

    private long version;
    private String name;

    @Column(name = "name_source")
    private String nameSource;

    private String phone;
    private String email;

    /** The four counters come from analytics-service, by events; nobody here counts. */
    @Column(name = "total_bookings", insertable = false, updatable = false)
    private int totalBookings;

    @Column(name = "total_calls", insertable = false, updatable = false)
    private int totalCalls;

    @Column(name = "last_contact", insertable = false, updatable = false)
    private Instant lastContact;

    @Column(name = "total_spent", insertable = false, updatable = false)
    private BigDecimal totalSpent;

    private String notes;
    private String[] tags;
    private String address;

    @Column(name = "merged_into")
    private UUID mergedInto;

    @Column(name = "erased_at")
    private Instant erasedAt;

    protected Customer() {}

    /** What staff write down about a person. */
    public record Details(String name, String email, String notes, List<String> tags, String address) {}

    Customer(UUID id, String phone, Details details, Instant now) {
        this.id = id;
        this.phone = phone;
        this.version = 1;
        this.createdAt = now;
        this.updatedAt = now;
        this.totalSpent = new BigDecimal("0.00");
        this.nameSource = NameSource.NONE.word();
        this.name = "";
        write(details);
    }

    CustomerEvent created(Instant now) {
        return new CustomerEvent.Created(now, snapshot());
    }

    CustomerEvent edit(Details details, Instant now) {
        requireLiving();
        write(details);
        return updated(now);
    }

    /** Nobody changes or merges it from now on; what it knows goes when the event comes back, as everywhere. */
    public CustomerEvent erase(UUID erasure, String pseudonym, Instant now) {
        erasedAt = now;
        return new CustomerEvent.Erased(now, id, erasure, phone, pseudonym);
    }

    /** Copies elsewhere are left with an id that is nobody's. */
    CustomerEvent delete(Instant now) {
        return new CustomerEvent.Updated(
                now, new CustomerSnapshot(id, version + 1, "", null, null, null, List.of(), null, createdAt));
    }

    /** This row becomes a pointer: the number stays known, the person is the other one. */
    CustomerEvent mergeInto(Customer other, Instant now) {
        requireLiving();
        other.requireLiving();
        if (id.equals(other.id)) {
            throw new Conflict("A customer cannot be merged into itself");
        }
        mergedInto = other.id;
        return updated(now);
    }

    /** What the other row knew and this one does not. */
    CustomerEvent takeOver(Customer duplicate, Instant now) {
        boolean betterName = NameSource.valueOf(duplicate.nameSource.toUpperCase())
                        .compareTo(NameSource.valueOf(nameSource.toUpperCase()))
                > 0;
        if (betterName) {
            name = duplicate.name;
            nameSource = duplicate.nameSource;
        }
        email = email == null ? duplicate.email : email;
        address = address == null ? duplicate.address : address;
        notes = joined(notes, duplicate.notes);
        tags = Tags.union(tags(), duplicate.tags()).toArray(String[]::new);
        return updated(now);
    }

    private void write(Details details) {
        String written = details.name() == null ? "" : details.name().strip();
        if (!Objects.equals(written, name)) {
            name = written;
            nameSource = written.isEmpty() ? NameSource.NONE.word() : NameSource.STAFF.word();
        }
        email = blankToNull(details.email());
        notes = blankToNull(details.notes());
        tags = Tags.normalised(details.tags()).toArray(String[]::new);
        address = blankToNull(details.address());
    }

    private CustomerEvent updated(Instant now) {
        version++;
        updatedAt = now;
        return new CustomerEvent.Updated(now, snapshot());
    }

    private void requireLiving() {
        if (erasedAt != null) {
            throw new Conflict("This customer has been erased").type("erased");
        }
        requireNotMerged();
    }

    /** A duplicate's row is how its number finds the customer it belongs to. */
    void requireNotMerged() {
        if (mergedInto != null) {
            throw new Conflict("This customer has been merged into another")
                    .type("merged")
                    .with("merged_into", mergedInto);
        }
    }

    private CustomerSnapshot snapshot() {
        return new CustomerSnapshot(id, version, name, phone, email, address, tags(), mergedInto, createdAt);
    }

    private static String joined(String mine, String theirs) {
        if (mine == null || theirs == null) {
            return mine == null ? theirs : mine;
        }
        return mine + "\n" + theirs;
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    Details details() {
        return new Details(name, email, notes, tags(), address);
    }

    public UUID id() {
        return id;
    }

    public long version() {
        return version;
    }

    public String name() {
        return name;
    }

    public String phone() {
        return phone;
    }

    public String email() {
        return email;
    }

    public String address() {
        return address;
    }

    public String notes() {
        return notes;
    }

    public List<String> tags() {
        return List.of(tags);
    }

    public int totalBookings() {
        return totalBookings;
    }

    public int totalCalls() {
        return totalCalls;
    }

    public Instant lastContact() {
        return lastContact;
    }

    public BigDecimal totalSpent() {
        return totalSpent;
    }

    public UUID mergedInto() {
        return mergedInto;
    }

    public Instant erasedAt() {
        return erasedAt;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant updatedAt() {
        return updatedAt;
    }
}
