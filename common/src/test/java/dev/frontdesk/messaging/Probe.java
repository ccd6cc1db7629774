package dev.frontdesk.messaging;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** A consumer that remembers, for the tests of {@link Inbox}. */
@ApplicationScoped
public class Probe {

    static final List<Received> SEEN = new CopyOnWriteArrayList<>();
    static final AtomicInteger OUTAGES = new AtomicInteger();

    private final Inbox inbox;

    Probe(Inbox inbox) {
        this.inbox = inbox;
    }

    @Incoming("probe")
    Uni<Void> on(ConsumerRecord<String, byte[]> message) {
        return inbox.receive(message, this::apply);
    }

    private Uni<Void> apply(Received received) {
        if (OUTAGES.getAndUpdate(n -> Math.max(n - 1, 0)) > 0) {
            return Uni.createFrom()
                    .<Void>failure(new PgException("going down", "FATAL", "57P01", null))
                    .emitOn(Infrastructure.getDefaultExecutor());
        }
        if ("rule-broken"
                .equals(((dev.frontdesk.events.BookingEvent) received.event())
                        .booking()
                        .customerName())) {
            return Uni.createFrom().failure(new IllegalArgumentException("a rule is broken"));
        }
        SEEN.add(received);
        return Uni.createFrom().voidItem();
    }
}
