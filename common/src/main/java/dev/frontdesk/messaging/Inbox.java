package dev.frontdesk.messaging;

import dev.frontdesk.database.Outage;
import dev.frontdesk.events.Events;
import dev.frontdesk.privacy.ErasedPeople;
import dev.frontdesk.settings.Clients;
import dev.frontdesk.tenancy.Tenant;
import dev.frontdesk.tenancy.Trace;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * How a service takes events in. What can't be read fails at once, and the connector puts it on the dead-letter topic with
 * the reason; what fails because the database is away is tried until it is back, for a good event must never end there;
 * any other failure is tried three times. Events about a person erased since arrive without the person.
 */
@ApplicationScoped
public class Inbox {

    private static final Logger LOG = Logger.getLogger(Inbox.class);

    private final Tenant tenant;
    private final Clients clients;
    private final ErasedPeople people;
    private final MeterRegistry metrics;

    Inbox(Tenant tenant, Clients clients, ErasedPeople people, MeterRegistry metrics) {
        this.tenant = tenant;
        this.clients = clients;
        this.people = people;
        this.metrics = metrics;
    }

    /** Hands one event over, with its client bound to the context; completes when it is done with, fails if it is poison. */
    public Uni<Void> receive(ConsumerRecord<String, byte[]> message, Function<Received, Uni<Void>> consumer) {
        return Uni.createFrom()
                .item(() -> open(message))
                .chain(received -> retrying(() -> people.cleanse(received).chain(known -> consumer.apply(known))))
                .onFailure()
                .invoke(e -> report(message, e));
    }

    /** As {@link #receive}, for consumers that read a batch themselves: reads one event or fails with {@code Unreadable}. */
    public Received read(ConsumerRecord<String, byte[]> message) {
        Received received = Received.of(message);
        if (!clients.all().containsKey(received.clientId())) {
            throw new Events.Unreadable("unknown client");
        }
        return received;
    }

    /** Repeats while the database is away, three times for any other failure. */
    public <T> Uni<T> retrying(Supplier<Uni<? extends T>> work) {
        return Uni.createFrom()
                .<T>deferred(work)
                .onFailure(e -> !Outage.isCauseOf(e) && !(e instanceof Events.Unreadable))
                .retry()
                .withBackOff(Duration.ofMillis(100), Duration.ofSeconds(1))
                .atMost(3)
                .onFailure(Outage::isCauseOf)
                .retry()
                .withBackOff(Duration.ofMillis(200), Duration.ofSeconds(3))
                .indefinitely();
    }

    /** Counts and logs a record on its way to the dead-letter topic. */
    public void report(ConsumerRecord<String, byte[]> message, Throwable reason) {
        metrics.counter("frontdesk_dead_letters", "topic", message.topic()).increment();
        LOG.errorf(
                "dead letter from %s-%d@%d: %s: %s",
                message.topic(),
                message.partition(),
                message.offset(),
                reason.getClass().getSimpleName(),
                reason.getMessage());
    }

    private Received open(ConsumerRecord<String, byte[]> message) {
        Received received = read(message);
        tenant.enter(received.clientId());
        Trace.follow(received.traceparent());
        return received;
    }
}
