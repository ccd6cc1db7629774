package dev.frontdesk.sms.notices;

import dev.frontdesk.events.BookingEvent;
import dev.frontdesk.events.BookingSnapshot;
import dev.frontdesk.messaging.Inbox;
import dev.frontdesk.messaging.Received;
import dev.frontdesk.settings.Clients;
import dev.frontdesk.sms.outbound.OutboundTexts;
import dev.frontdesk.sms.outbound.OutboundTexts.NewText;
import dev.frontdesk.sms.outbound.QuietHours;
import dev.frontdesk.sms.templates.Purpose;
import dev.frontdesk.sms.templates.Templates;
import dev.frontdesk.tenancy.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Tells customers of their bookings: a confirmation for each time they have (creation, and each change of time), a
 * cancellation, reminders. Each once, by its key; none for a time that was given up in the meantime.
 */
@ApplicationScoped
class BookingNotices {

    /** What is older than this when it is read (a replay, a long outage) is no news to the customer. */
    private static final Duration NEWS = Duration.ofHours(24);

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE, MMM d", Locale.ENGLISH);

    private final Inbox inbox;
    private final Tenant tenant;
    private final Clients clients;
    private final Templates templates;
    private final OutboundTexts texts;
    private final Clock clock;

    BookingNotices(Inbox inbox, Tenant tenant, Clients clients, Templates templates, OutboundTexts texts, Clock clock) {
        this.inbox = inbox;
        this.tenant = tenant;
        this.clients = clients;
        this.templates = templates;
        this.texts = texts;
        this.clock = clock;
    }

    @Incoming("bookings")
    Uni<Void> on(ConsumerRecord<String, byte[]> message) {
        return inbox.receive(message, this::apply);
    }

    private Uni<Void> apply(Received received) {
        if (!(received.event() instanceof BookingEvent event)) {
            return nothing();
        }
        return tenant.sql(
                received.clientId(),
                connection -> BookingCopies.update(connection, event.booking())
                        .chain(isCurrent -> isCurrent ? tell(connection, received.clientId(), event) : nothing()));
    }

    private Uni<Void> tell(SqlConnection connection, String clientId, BookingEvent event) {
        BookingSnapshot booking = event.booking();
        Instant now = clock.instant();
        if (event.occurredAt().plus(NEWS).isBefore(now)
                || !booking.scheduledAt().isAfter(now)) {
            return nothing();
        }
        String time = booking.id() + ":" + booking.timeVersion();
        if (event instanceof BookingEvent.Created) {
            return queue(connection, clientId, booking, Purpose.CONFIRMATION, "confirmation:" + time, now);
        } else if (event instanceof BookingEvent.Rescheduled) {
            return queue(connection, clientId, booking, Purpose.CHANGE, "confirmation:" + time, now);
        } else if (event instanceof BookingEvent.Cancelled) {
            return queue(connection, clientId, booking, Purpose.CANCELLATION, "cancellation:" + time, now);
        } else if (event instanceof BookingEvent.ReminderDue due) {
            return remind(connection, clientId, booking, "reminder:" + time + ":" + due.rule(), now);
        }
        return nothing();
    }

    /** Waits for the end of the quiet hours where the customer is; no reminder comes after the fact. */
    private Uni<Void> remind(
            SqlConnection connection, String clientId, BookingSnapshot booking, String key, Instant now) {
        Instant at = QuietHours.of(clients.get(clientId).quietHours()).after(now, ZoneId.of(booking.timeZone()));
        return at.isBefore(booking.scheduledAt())
                ? queue(connection, clientId, booking, Purpose.REMINDER, key, at)
                : nothing();
    }

    private Uni<Void> queue(
            SqlConnection connection,
            String clientId,
            BookingSnapshot booking,
            Purpose words,
            String key,
            Instant dueAt) {
        // What tells of a changed time is the confirmation of the new one.
        String purpose = words == Purpose.CHANGE ? Purpose.CONFIRMATION.word() : words.word();
        return templates
                .text(connection, clientId, words, values(booking))
                .map(body -> new NewText(
                        booking.customerPhone(),
                        body,
                        purpose,
                        key,
                        booking.id(),
                        booking.timeVersion(),
                        dueAt,
                        words == Purpose.REMINDER ? booking.timeZone() : null))
                .chain(text -> texts.add(connection, text))
                .replaceWithVoid();
    }

    private static Map<String, String> values(BookingSnapshot booking) {
        Map<String, String> values = new HashMap<>();
        values.put("customer_name", booking.customerName());
        values.put("service", booking.serviceName() == null ? booking.serviceType() : booking.serviceName());
        values.put("date", DAY.format(booking.scheduledAt().atZone(ZoneId.of(booking.timeZone()))));
        values.put("time", booking.appointmentTime());
        values.put("reference", booking.reference());
        values.put("address", booking.pickupAddress());
        if (booking.paymentAmount() != null) {
            values.put(
                    "price",
                    booking.paymentCurrency() + " " + booking.paymentAmount().toPlainString());
        }
        values.values().removeIf(Objects::isNull);
        return values;
    }

    private static Uni<Void> nothing() {
        return Uni.createFrom().voidItem();
    }
}
