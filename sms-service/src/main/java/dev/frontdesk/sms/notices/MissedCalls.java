package dev.frontdesk.sms.notices;

import dev.frontdesk.events.CallEvent;
import dev.frontdesk.events.CallSnapshot;
import dev.frontdesk.messaging.Inbox;
import dev.frontdesk.messaging.Received;
import dev.frontdesk.phone.Phones;
import dev.frontdesk.settings.Clients;
import dev.frontdesk.sms.optout.OptOuts;
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
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Texts back to who called and got nobody: once per customer and local day, not at night, not to who wants no texts. */
@ApplicationScoped
class MissedCalls {

    private static final Set<String> MISSED = Set.of("no-answer", "busy");
    /** After that the caller has long found another way. */
    private static final Duration NEWS = Duration.ofHours(2);

    private final Inbox inbox;
    private final Tenant tenant;
    private final Clients clients;
    private final OptOuts optOuts;
    private final Templates templates;
    private final OutboundTexts texts;
    private final Clock clock;

    MissedCalls(
            Inbox inbox,
            Tenant tenant,
            Clients clients,
            OptOuts optOuts,
            Templates templates,
            OutboundTexts texts,
            Clock clock) {
        this.inbox = inbox;
        this.tenant = tenant;
        this.clients = clients;
        this.optOuts = optOuts;
        this.templates = templates;
        this.texts = texts;
        this.clock = clock;
    }

    @Incoming("calls")
    Uni<Void> on(ConsumerRecord<String, byte[]> message) {
        return inbox.receive(message, this::apply);
    }

    private Uni<Void> apply(Received received) {
        if (!(received.event() instanceof CallEvent.Ended ended) || !isMissed(ended)) {
            return Uni.createFrom().voidItem();
        }
        String phone = ended.call().phoneNumber();
        return tenant.sql(
                received.clientId(),
                connection -> optOuts.newest(connection, phone)
                        .chain(newest -> newest != null && newest.state().equals("opted-out")
                                ? Uni.createFrom().voidItem()
                                : textBack(connection, received.clientId(), phone)));
    }

    private boolean isMissed(CallEvent.Ended ended) {
        CallSnapshot call = ended.call();
        return MISSED.contains(call.status())
                && "inbound".equals(call.callType())
                && call.phoneNumber() != null
                && Phones.parse(call.phoneNumber(), null).isPresent()
                && ended.occurredAt().plus(NEWS).isAfter(clock.instant());
    }

    private Uni<Void> textBack(SqlConnection connection, String clientId, String phone) {
        Clients.Client client = clients.get(clientId);
        ZoneId zone = client.timeZone();
        Instant now = clock.instant();
        String key = "text-back:%s:%s".formatted(phone, now.atZone(zone).toLocalDate());
        Instant dueAt = QuietHours.of(client.quietHours()).after(now, zone);
        return templates
                .text(connection, clientId, Purpose.TEXT_BACK, Map.of())
                .chain(body -> texts.add(
                        connection,
                        new NewText(phone, body, Purpose.TEXT_BACK.word(), key, null, null, dueAt, zone.getId())))
                .replaceWithVoid();
    }
}
