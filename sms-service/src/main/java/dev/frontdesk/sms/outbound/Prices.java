package dev.frontdesk.sms.outbound;

import dev.frontdesk.outbox.Outbox;
import dev.frontdesk.sms.Rounds;
import dev.frontdesk.sms.inbound.DeliveryReports;
import dev.frontdesk.sms.inbound.DeliveryStatus;
import dev.frontdesk.sms.outbound.TwilioApi.Message;
import dev.frontdesk.tenancy.Tenant;
import dev.frontdesk.tenancy.Trace;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Fetches what a text cost, in and out, which the provider knows later: after 1 and 10 minutes, 1 and 24 hours. The same look
 * brings a final status whose callback was lost.
 */
@ApplicationScoped
class Prices {

    /** How many are asked for in one round, and so about per second and client. */
    private static final int BATCH = 50;

    private final Tenant tenant;
    private final Provider provider;
    private final Outbox outbox;
    private final Duration interval;
    private final Rounds rounds;

    Prices(
            Vertx vertx,
            Tenant tenant,
            Provider provider,
            Outbox outbox,
            @ConfigProperty(name = "frontdesk.sms.prices.interval") Duration interval) {
        this.tenant = tenant;
        this.provider = provider;
        this.outbox = outbox;
        this.interval = interval;
        this.rounds = Rounds.byClient(vertx, tenant, "fetching prices", "price_due_at is not null", this::ask);
    }

    void start(@Observes StartupEvent started) {
        rounds.start(interval);
    }

    void stop(@Observes ShutdownEvent stopped) {
        rounds.stop();
    }

    private record Unpriced(String clientId, UUID id, String sid, String direction) {
        static Unpriced of(Row row) {
            return new Unpriced(
                    row.getString("client_id"),
                    row.getUUID("id"),
                    row.getString("provider_message_id"),
                    row.getString("direction"));
        }
    }

    /** Claims by writing down when to ask again, so another instance finds other rows and a failure just waits. */
    private Uni<Void> ask(String clientId) {
        return tenant.sql(clientId, connection -> connection.preparedQuery("""
                                update sms_messages
                                set price_attempts = price_attempts + 1,
                                    price_due_at = case price_attempts when 0 then now() + interval '10 minutes'
                                        when 1 then now() + interval '1 hour' when 2 then now() + interval '24 hours' end
                                where id in (select id from sms_messages where price_due_at <= now()
                                             order by price_due_at limit $1 for update skip locked)
                                returning client_id, id, provider_message_id, direction
                                """).execute(Tuple.of(BATCH)))
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .map(Unpriced::of)
                .filter(text -> text.sid() != null)
                .onItem()
                .transformToUniAndConcatenate(this::fetch)
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> fetch(Unpriced text) {
        return provider.fetch(text.clientId(), text.sid())
                .onFailure()
                .recoverWithNull()
                .chain(message -> message == null
                        ? Uni.createFrom().voidItem()
                        : tenant.sql(text.clientId(), connection -> write(connection, text, message)));
    }

    private Uni<Void> write(SqlConnection connection, Unpriced text, Message message) {
        Optional<DeliveryStatus> status = Optional.ofNullable(message.status())
                .flatMap(DeliveryStatus::of)
                .filter(it -> text.direction().equals("outbound"));
        String error = message.errorCode() == null ? null : message.errorCode().toString();
        boolean settled = text.direction().equals("inbound")
                || status.filter(it -> !it.status().equals("sent")).isPresent();
        return status.map(it -> DeliveryReports.note(connection, text.clientId(), text.sid(), null, it, error)
                        .replaceWithVoid())
                .orElseGet(() -> Uni.createFrom().voidItem())
                .chain(() -> price(message)
                        .map(cost -> price(connection, text, cost, settled))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private Uni<Void> price(SqlConnection connection, Unpriced text, BigDecimal cost, boolean settled) {
        return connection
                .preparedQuery("""
                        with message as (
                            update sms_messages
                            set cost = $2, version = version + 1, price_due_at = case when $3 then null else price_due_at end
                            where id = $1 and (cost <> $2 or $3)
                            returning id, status, sms_event(sms_messages, now()) as event
                        )
                        insert into outbox (aggregatetype, aggregateid, type, payload, traceparent)
                        select 'sms-messages', id::text, 'sms.' || status || '.v1', event, $4 from message
                        """)
                .execute(Tuple.of(text.id(), cost, settled, Trace.parent()))
                .invoke(outbox::wake)
                .replaceWithVoid();
    }

    /** {@code "-0.00790"} cost 0.0079. */
    private static Optional<BigDecimal> price(Message message) {
        return Optional.ofNullable(message.price())
                .filter(it -> it.matches("-?\\d{1,5}(\\.\\d{1,8})?"))
                .map(it -> new BigDecimal(it).abs());
    }
}
