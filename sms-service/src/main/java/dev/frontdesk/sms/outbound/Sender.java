package dev.frontdesk.sms.outbound;

import static dev.frontdesk.sms.outbound.OutboundTexts.utc;

import dev.frontdesk.sms.Lanes;
import dev.frontdesk.tenancy.Tenant;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Works the queue off: claims one due text at a time (SKIP LOCKED, oldest first per number), so that a crash leaves no more than
 * what was being posted in doubt, and hands it over. Several instances may run.
 */
@ApplicationScoped
public class Sender {

    /** Posts under way at once per instance; each holds a connection, so that an opt-out can wait for it. */
    private static final int LANES = 4;
    /** Texts of one client per lane before the next client has its turn. */
    private static final int VISIT = 25;

    private final Tenant tenant;
    private final HandOver handOver;
    private final Clock clock;
    private final Duration interval;
    private final Lanes lanes;

    Sender(
            Vertx vertx,
            Tenant tenant,
            HandOver handOver,
            Clock clock,
            @ConfigProperty(name = "frontdesk.sms.queue.interval") Duration interval) {
        this.tenant = tenant;
        this.handOver = handOver;
        this.clock = clock;
        this.interval = interval;
        this.lanes = new Lanes(vertx, tenant, "sending texts", "handover is not null", LANES, VISIT, this::next);
    }

    void start(@Observes StartupEvent started) {
        lanes.start(interval);
    }

    void stop(@Observes ShutdownEvent stopped) {
        lanes.stop();
    }

    /** A text was queued by a transaction that is about to commit. */
    public void wakeSoon() {
        lanes.wakeSoon();
    }

    private Uni<Uni<Void>> next(String clientId) {
        return tenant.claim(clientId, this::claim).map(text -> text == null ? null : handOver.deliver(text));
    }

    /** {@code offset 0}: the number's index is asked, text by text, even while statistics call the queue empty. */
    private Uni<Claimed> claim(SqlConnection connection) {
        return connection
                .preparedQuery("""
                        update sms_messages
                        set handover = 'claimed', claimed_at = $1, attempts = attempts + 1, error_code = null
                        where id = (
                            select s.id from sms_messages s
                            where s.handover = 'waiting' and s.due_at <= $1
                              and not exists (
                                  select 1 from sms_messages e
                                  where e.client_id = s.client_id and e.phone_number = s.phone_number
                                    and (e.handover in ('claimed', 'posting') or (e.handover = 'waiting' and e.due_at <= $1
                                         and (e.created_at, e.id) < (s.created_at, s.id))) offset 0)
                            order by s.due_at, s.created_at, s.id
                            limit 1 for update skip locked)
                        returning
                        """ + Claimed.COLUMNS)
                .execute(Tuple.of(utc(clock.instant())))
                .map(rows ->
                        rows.size() == 0 ? null : Claimed.of(rows.iterator().next()));
    }
}
