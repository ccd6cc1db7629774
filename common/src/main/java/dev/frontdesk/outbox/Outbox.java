package dev.frontdesk.outbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.frontdesk.events.DomainEvent;
import dev.frontdesk.events.Events;
import dev.frontdesk.tenancy.Trace;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Where events wait for the {@link Relay}, in the database and in the transaction of the change they report: no event
 * without its row, no row without its event. The only way an event is published.
 */
@ApplicationScoped
public class Outbox {

    private final Relay relay;

    Outbox(Relay relay) {
        this.relay = relay;
    }

    /** As {@link #append(List)}. */
    public Uni<Void> append(DomainEvent event) {
        return append(List.of(event));
    }

    /** Appends to the current Panache transaction, which {@link dev.frontdesk.tenancy.Tenant} opened and bound; one statement. */
    public Uni<Void> append(List<? extends DomainEvent> events) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        events.forEach(event -> rows.addObject()
                .put("aggregatetype", event.aggregateType())
                .put("aggregateid", event.aggregateId())
                .put("type", event.type())
                .putRawValue("payload", new RawValue(Events.write(event))));
        return Panache.getSession()
                .chain(session -> session.flush()
                        .chain(() -> session.createNativeQuery("""
                                        insert into outbox (aggregatetype, aggregateid, type, payload, traceparent)
                                        select aggregatetype, aggregateid, type, payload, cast(?2 as text)
                                        from jsonb_to_recordset(cast(cast(?1 as text) as jsonb))
                                            as event (aggregatetype text, aggregateid text, type text, payload jsonb)
                                        """)
                                .setParameter(1, rows.toString())
                                .setParameter(2, Trace.parent())
                                .executeUpdate()))
                .invoke(relay::wakeSoon)
                .replaceWithVoid();
    }

    /** Appends to a transaction of the reactive client, bound by {@code Tenant.sql}. */
    public Uni<Void> append(SqlConnection connection, List<? extends DomainEvent> events) {
        if (events.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        String trace = Trace.parent();
        return connection
                .preparedQuery("""
                        insert into outbox (aggregatetype, aggregateid, type, payload, traceparent)
                        values ($1, $2, $3, $4::text::jsonb, $5)
                        """)
                .executeBatch(events.stream()
                        .map(event -> Tuple.of(
                                event.aggregateType(), event.aggregateId(), event.type(), Events.write(event), trace))
                        .toList())
                .invoke(relay::wakeSoon)
                .replaceWithVoid();
    }

    /** Tells the relay that a statement which inserted into {@code outbox} itself has committed. */
    public void wake() {
        relay.wake();
    }
}
