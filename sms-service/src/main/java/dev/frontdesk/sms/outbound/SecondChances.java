package dev.frontdesk.sms.outbound;

import static dev.frontdesk.sms.outbound.OutboundTexts.utc;

import dev.frontdesk.phone.Phones;
import dev.frontdesk.tenancy.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * A text that Twilio took and could not deliver, for a reason that passes, goes out once more as a text of its own: a full queue
 * (30001), a phone that was off (30003), a carrier that did not say (30008). Everything else has failed for good.
 */
@ApplicationScoped
public class SecondChances {

    private static final Logger LOG = Logger.getLogger(SecondChances.class);

    private static final Map<String, Duration> WAIT = Map.of(
            "30001", Duration.ofMinutes(1),
            "30003", Duration.ofMinutes(30),
            "30008", Duration.ofMinutes(10));

    private static final String SUSPENDED = "30002";

    private final Tenant tenant;
    private final OutboundTexts texts;
    private final Clock clock;

    SecondChances(Tenant tenant, OutboundTexts texts, Clock clock) {
        this.tenant = tenant;
        this.texts = texts;
        this.clock = clock;
    }

    /** After a callback has made the text with this SID fail; or repeats that it did, which changes nothing. */
    public Uni<Void> consider(String clientId, String sid, String errorCode) {
        if (SUSPENDED.equals(errorCode)) {
            LOG.errorf("%s: Twilio has suspended the account", clientId);
        }
        if (errorCode == null || !WAIT.containsKey(errorCode)) {
            return Uni.createFrom().voidItem();
        }
        return tenant.sql(
                clientId,
                connection -> connection
                        .preparedQuery("""
                        select id, phone_number, message_body, purpose, booking_id, booking_time_version, time_zone
                        from sms_messages
                        where provider_message_id = $1 and direction = 'outbound' and coalesce(dedup_key, '') not like 'again:%'
                          and created_at > $2 and status = 'failed' and error_code = $3
                        """)
                        .execute(Tuple.of(sid, utc(clock.instant().minus(Duration.ofHours(12))), errorCode))
                        .chain(rows -> rows.size() == 0
                                ? Uni.createFrom().voidItem()
                                : again(connection, rows.iterator().next(), WAIT.get(errorCode))));
    }

    private Uni<Void> again(SqlConnection connection, Row row, Duration wait) {
        LOG.infof("text %s to %s gets a second chance", row.getUUID("id"), Phones.mask(row.getString("phone_number")));
        return texts.add(
                        connection,
                        new OutboundTexts.NewText(
                                row.getString("phone_number"),
                                row.getString("message_body"),
                                row.getString("purpose"),
                                "again:" + row.getUUID("id"),
                                row.getUUID("booking_id"),
                                row.getLong("booking_time_version"),
                                clock.instant().plus(wait),
                                row.getString("time_zone")))
                .replaceWithVoid();
    }
}
