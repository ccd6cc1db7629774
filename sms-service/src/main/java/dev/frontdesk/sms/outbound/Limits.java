package dev.frontdesk.sms.outbound;

import static dev.frontdesk.sms.outbound.OutboundTexts.utc;

import dev.frontdesk.phone.Phones;
import dev.frontdesk.settings.Clients;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * How much is texted where: what keeps a flood, a loop or SMS pumping from costing a client money. Counted in the database, so
 * that all instances share one count; a text beyond a limit waits for the next window.
 */
@ApplicationScoped
public class Limits {

    private static final Logger LOG = Logger.getLogger(Limits.class);

    /** {@code frontdesk.sms.*}. */
    @ConfigMapping(prefix = "frontdesk.sms.limits")
    interface Settings {
        /** Calling codes that are texted at all, such as {@code +1}. */
        List<String> countries();

        @WithName("number-per-hour")
        int numberPerHour();

        /** A prefix is the number without its last four digits: a block that pumping runs through. */
        @WithName("prefix-per-hour")
        int prefixPerHour();

        @WithName("client-per-hour")
        int clientPerHour();

        /** In the provider's currency, by estimate: prices come later. */
        @WithName("spend-per-day")
        BigDecimal spendPerDay();

        @WithName("segment-price")
        BigDecimal segmentPrice();
    }

    private final Settings settings;
    private final Clients clients;
    private final MeterRegistry metrics;

    Limits(Settings settings, Clients clients, MeterRegistry metrics) {
        this.settings = settings;
        this.clients = clients;
        this.metrics = metrics;
    }

    /** Whether the E.164 number is in a country we text at all. */
    public boolean mayText(String phoneNumber) {
        return settings.countries().stream().anyMatch(phoneNumber::startsWith);
    }

    /** Counts a text that is about to go out; answers when to try again if a limit is reached, else null. */
    Uni<Instant> count(SqlConnection connection, Claimed text, Instant now) {
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        ZoneId zone = clients.get(text.clientId()).timeZone();
        LocalDate today = now.atZone(zone).toLocalDate();
        String number = text.phoneNumber();
        String prefix = number.substring(0, Math.max(2, number.length() - 4));
        return connection
                .preparedQuery("""
                        insert into send_counters as c (scope, window_start, count)
                        values ('number ' || $1, $3, 1), ('prefix ' || $2, $3, 1), ('client', $3, 1), ('spend', $4, $5)
                        on conflict (client_id, scope, window_start) do update set count = c.count + excluded.count
                        returning split_part(scope, ' ', 1) as scope, count
                        """)
                .execute(Tuple.tuple()
                        .addString(number)
                        .addString(prefix)
                        .addOffsetDateTime(utc(hour))
                        .addOffsetDateTime(utc(today.atStartOfDay(zone).toInstant()))
                        .addInteger(estimate(text)))
                .map(counts -> reached(
                        counts,
                        text,
                        hour.plus(1, ChronoUnit.HOURS),
                        today.plusDays(1).atStartOfDay(zone).toInstant()));
    }

    private Instant reached(RowSet<Row> counts, Claimed text, Instant nextHour, Instant nextDay) {
        Instant putOff = null;
        for (Row row : counts) {
            String scope = row.getString("scope");
            if (row.getInteger("count") > most(scope)) {
                alarm(text, scope, row.getInteger("count"));
                Instant next = scope.equals("spend") ? nextDay : nextHour;
                putOff = putOff == null || next.isAfter(putOff) ? next : putOff;
            }
        }
        return putOff;
    }

    private int most(String scope) {
        return switch (scope) {
            case "number" -> settings.numberPerHour();
            case "prefix" -> settings.prefixPerHour();
            case "client" -> settings.clientPerHour();
            default -> tenThousandths(settings.spendPerDay());
        };
    }

    /** Every text held back is counted, and the first one of a window is logged. */
    private void alarm(Claimed text, String scope, int count) {
        metrics.counter("frontdesk_sms_limited", "client", text.clientId(), "scope", scope)
                .increment();
        boolean first = count - (scope.equals("spend") ? estimate(text) : 1) <= most(scope);
        if (first) {
            LOG.warnf(
                    "%s: texts are held back, by %s, such as one to %s",
                    text.clientId(), scope, Phones.mask(text.phoneNumber()));
        }
    }

    private int estimate(Claimed text) {
        return tenThousandths(settings.segmentPrice()) * text.segments();
    }

    private static int tenThousandths(BigDecimal amount) {
        return amount.movePointRight(4).intValue();
    }
}
