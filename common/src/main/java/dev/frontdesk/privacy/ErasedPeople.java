package dev.frontdesk.privacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.events.BookingEvent;
import dev.frontdesk.events.CallEvent;
import dev.frontdesk.events.CounterEvent;
import dev.frontdesk.events.CustomerEvent;
import dev.frontdesk.events.CustomerSnapshot;
import dev.frontdesk.events.DomainEvent;
import dev.frontdesk.events.Events;
import dev.frontdesk.events.FaqEvent;
import dev.frontdesk.events.SmsEvent;
import dev.frontdesk.http.Json;
import dev.frontdesk.messaging.Received;
import dev.frontdesk.phone.Phones;
import dev.frontdesk.tenancy.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps replayed and late events from bringing an erased person back: what was created before the erasure arrives without
 * the person. Looks at a copy in memory, at most two seconds old; what slips through while an erasure is fresh is caught by
 * its second pass.
 */
@ApplicationScoped
public class ErasedPeople {

    private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();

    private final Tenant tenant;
    private final Pseudonyms pseudonyms;
    private volatile Copy copy = new Copy(Map.of(), 0, false);

    ErasedPeople(Tenant tenant, Pseudonyms pseudonyms) {
        this.tenant = tenant;
        this.pseudonyms = pseudonyms;
    }

    /** When each pseudonym was erased last; pseudonyms differ between clients. */
    private record Copy(Map<String, Instant> erased, long readAtNanos, boolean usable) {
        boolean isFresh() {
            return usable && System.nanoTime() - readAtNanos < FRESH_NANOS;
        }
    }

    /** Whose event it is, and since when the thing in it exists. */
    private record Person(String phone, Instant createdAt) {}

    /** The event as it may be known: itself, or without the person where the person has been erased since. */
    public Uni<Received> cleanse(Received received) {
        return known().map(erased -> cleansed(received, erased));
    }

    /** As {@link #cleanse(Received)}, for a batch. */
    public Uni<List<Received>> cleanse(List<Received> batch) {
        return known().map(
                        erased -> batch.stream().map(it -> cleansed(it, erased)).toList());
    }

    /**
     * Whether a text that no service can read names the number, in any spelling, of somebody who has been erased since it was
     * written; a text of unknown time is taken for an old one.
     *
     * @param region whose national spellings are understood
     */
    public Uni<Boolean> areNamedIn(String text, String clientId, String region, Optional<Instant> writtenAt) {
        return known().map(erased -> !erased.isEmpty()
                && Phones.namedIn(text, region).stream()
                        .map(phone -> erased.get(pseudonyms.of(clientId, phone)))
                        .anyMatch(at ->
                                at != null && !writtenAt.orElse(Instant.MIN).isAfter(at)));
    }

    /** Reads the tombstones anew before the next event. */
    void refresh() {
        copy = new Copy(Map.of(), 0, false);
    }

    private Received cleansed(Received received, Map<String, Instant> erased) {
        Person person = erased.isEmpty() ? null : person(received.event());
        if (person == null || person.phone() == null || person.createdAt() == null) {
            return received;
        }
        String pseudonym = pseudonyms.of(received.clientId(), person.phone());
        Instant erasedAt = erased.get(pseudonym);
        if (erasedAt == null || person.createdAt().isAfter(erasedAt)) {
            return received;
        }
        DomainEvent event = received.event();
        byte[] scrubbed = bytes(new Scrub(person.phone(), pseudonym).apply(Events.tree(event)));
        return new Received(
                received.clientId(), received.eventId(), received.traceparent(), Events.read(event.type(), scrubbed));
    }

    private static byte[] bytes(JsonNode json) {
        try {
            return Json.mapper().writeValueAsBytes(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Person person(DomainEvent event) {
        if (event instanceof BookingEvent it) {
            return new Person(it.booking().customerPhone(), it.booking().createdAt());
        }
        if (event instanceof CallEvent it) {
            return new Person(it.call().phoneNumber(), it.call().createdAt());
        }
        if (event instanceof SmsEvent it) {
            return new Person(it.message().phoneNumber(), it.message().createdAt());
        }
        if (event instanceof CustomerEvent.Created it) {
            return person(it.customer());
        }
        if (event instanceof CustomerEvent.Updated it) {
            return person(it.customer());
        }
        if (event instanceof CounterEvent.Changed it) {
            return new Person(it.phone(), it.lastContact());
        }
        if (event instanceof FaqEvent.Used it) {
            return new Person(it.phoneNumber(), it.occurredAt());
        }
        return null;
    }

    private static Person person(CustomerSnapshot customer) {
        return new Person(customer.phone(), customer.createdAt());
    }

    private Uni<Map<String, Instant>> known() {
        Copy present = copy;
        if (!pseudonyms.isReady() || present.isFresh()) {
            return Uni.createFrom().item(present.erased());
        }
        long now = System.nanoTime();
        return tenant.worker(connection -> connection
                        .query("select pseudonym, max(erased_at) as erased_at from erased_people group by pseudonym")
                        .execute())
                .map(ErasedPeople::erased)
                .invoke(erased -> copy = new Copy(erased, now, true));
    }

    private static Map<String, Instant> erased(RowSet<Row> rows) {
        Map<String, Instant> erased = new HashMap<>();
        for (Row row : rows) {
            erased.put(row.getString(0), row.getOffsetDateTime(1).toInstant());
        }
        return erased;
    }
}
