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
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

        /** Beginnings within those that are not. */
        List<String> except();

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

    /** The widest first. */
    private static final List<String> SCOPES = List.of("client", "spend", "prefix", "number");

    private final Settings settings;
    private final Clients clients;
    private final MeterRegistry metrics;
    /** By client and scope, the hour in which holding back was last logged. */
    private final Map<String, Instant> warned = new ConcurrentHashMap<>();

    Limits(Settings settings, Clients clients, MeterRegistry metrics) {
        this.settings = settings;
        this.clients = clients;
        this.metrics = metrics;
    }

    /** Whether the E.164 number is in a country we text at all. */
    public boolean mayText(String phoneNumber) {
        return settings.countries().stream().anyMatch(phoneNumber::startsWith)
                && settings.except().stream().noneMatch(phoneNumber::startsWith);
    }

    /** Counts a text that is about to go out; if that is too many, counts nothing and answers when to try again, else null. */
    Uni<Instant> count(SqlConnection connection, Claimed text) {
        return add(connection, text, 1).chain(counts -> {
            List<String> full = full(counts);
            if (full.isEmpty()) {
                return Uni.createFrom().nullItem();
            }
            full.forEach(scope -> alarm(text, scope, 1));
            Instant putOff = putOff(text, full);
            return giveBack(connection, text)
                    .chain(() -> holdOthers(connection, text, full.get(0), putOff))
                    .replaceWith(putOff);
        });
    }

    /** What is due behind it and meets the same limit waits with it: asked one by one, a flood would keep everybody waiting. */
    private Uni<Void> holdOthers(SqlConnection connection, Claimed text, String scope, Instant until) {
        return connection
                .preparedQuery("""
                        update sms_messages set due_at = $3, error_code = $4, version = version + 1
                        where id in (
                            select id from sms_messages
                            where handover = 'waiting' and due_at <= $1 and phone_number like $2 and created_at > $5
                              and coalesce(purpose, '') not in ('reply', 'text-back')
                            limit 1000 for update skip locked)
                        """)
                .execute(Tuple.of(
                        utc(text.claimedAt()),
                        numbers(text, scope),
                        utc(until),
                        HandOver.RATE_LIMITED,
                        utc(text.claimedAt().minus(HandOver.GIVE_UP))))
                .invoke(held -> alarm(text, scope, held.rowCount()))
                .replaceWithVoid();
    }

    /** Whom the scope is about, as a pattern. */
    private static String numbers(Claimed text, String scope) {
        return switch (scope) {
            case "number" -> text.phoneNumber();
            case "prefix" -> prefix(text) + "____";
            default -> "%";
        };
    }

    /** The text was not taken: a provider that refuses everything must not use the day's money up. */
    Uni<Void> giveBack(SqlConnection connection, Claimed text) {
        return add(connection, text, -1).replaceWithVoid();
    }

    /** Always in this order, so that no two texts wait for each other. */
    private Uni<RowSet<Row>> add(SqlConnection connection, Claimed text, int times) {
        return connection
                .preparedQuery("""
                        insert into send_counters as c (scope, window_start, count)
                        values ('client', $3, $6), ('spend', $4, $5), ('prefix ' || $2, $3, $6), ('number ' || $1, $3, $6)
                        on conflict (client_id, scope, window_start) do update set count = c.count + excluded.count
                        returning split_part(scope, ' ', 1) as scope, count
                        """)
                .execute(Tuple.tuple()
                        .addString(text.phoneNumber())
                        .addString(prefix(text))
                        .addOffsetDateTime(utc(hour(text)))
                        .addOffsetDateTime(utc(day(text, 0)))
                        .addInteger(times * tenThousandths(settings.segmentPrice()) * text.segments())
                        .addInteger(times));
    }

    private static String prefix(Claimed text) {
        String number = text.phoneNumber();
        return number.substring(0, Math.max(2, number.length() - 4));
    }

    private static Instant hour(Claimed text) {
        return text.claimedAt().truncatedTo(ChronoUnit.HOURS);
    }

    /** When the client's day began in which the text was claimed, or so many days later. */
    private Instant day(Claimed text, int later) {
        ZoneId zone = clients.get(text.clientId()).timeZone();
        return text.claimedAt()
                .atZone(zone)
                .toLocalDate()
                .plusDays(later)
                .atStartOfDay(zone)
                .toInstant();
    }

    /** The scopes that are full, the widest first. */
    private List<String> full(RowSet<Row> counts) {
        List<String> full = new ArrayList<>();
        for (Row row : counts) {
            if (row.getInteger("count") > most(row.getString("scope"))) {
                full.add(row.getString("scope"));
            }
        }
        full.sort(Comparator.comparing(SCOPES::indexOf));
        return full;
    }

    private Instant putOff(Claimed text, List<String> full) {
        return full.stream()
                .map(scope -> scope.equals("spend") ? day(text, 1) : hour(text).plus(1, ChronoUnit.HOURS))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private int most(String scope) {
        return switch (scope) {
            case "number" -> settings.numberPerHour();
            case "prefix" -> settings.prefixPerHour();
            case "client" -> settings.clientPerHour();
            default -> tenThousandths(settings.spendPerDay());
        };
    }

    /** Every text held back is counted, the first one of an hour is logged. */
    private void alarm(Claimed text, String scope, int texts) {
        metrics.counter("frontdesk_sms_limited", "client", text.clientId(), "scope", scope)
                .increment(texts);
        if (!hour(text).equals(warned.put(text.clientId() + " " + scope, hour(text)))) {
            LOG.warnf(
                    "%s: texts are held back, by %s, such as one to %s",
                    text.clientId(), scope, Phones.mask(text.phoneNumber()));
        }
    }

    private static int tenThousandths(BigDecimal amount) {
        return amount.movePointRight(4).intValue();
    }
}
