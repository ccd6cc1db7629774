package dev.frontdesk.call.reconcile;

import dev.frontdesk.tenancy.Tenant;
import dev.frontdesk.tenancy.Trace;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** The calls whose provider is to be asked, as {@code check_at} says. */
@ApplicationScoped
class DueCalls {

    /**
     * A call to ask for.
     *
     * @param checks how often it has been asked for in its present state, this time included
     * @param hours its age
     */
    record DueCall(
            UUID id,
            String provider,
            String providerCallId,
            String carrierCallId,
            String status,
            String statusSource,
            boolean needsBill,
            boolean wasAnswered,
            int checks,
            int hours) {

        private static final int GIVE_UP_HOURS = 48;
        private static final int PRICE_ATTEMPTS = 4;

        /** In progress, or ended by our guess. */
        boolean isOpen() {
            return status.equals("in-progress") || "guess".equals(statusSource);
        }

        boolean isHopeless() {
            return status.equals("in-progress") && hours >= GIVE_UP_HOURS;
        }

        boolean wasLastAttempt() {
            return !isOpen() && checks >= PRICE_ATTEMPTS;
        }

        static DueCall of(Row row) {
            return new DueCall(
                    row.getUUID("id"),
                    row.getString("provider"),
                    row.getString("provider_call_id"),
                    row.getString("carrier_call_id"),
                    row.getString("status"),
                    row.getString("status_source"),
                    row.getBoolean("needs_bill"),
                    row.getBoolean("was_answered"),
                    row.getInteger("checks"),
                    row.getInteger("hours"));
        }
    }

    private final Tenant tenant;

    DueCalls(Tenant tenant) {
        this.tenant = tenant;
    }

    /** Calls in progress beyond their time, of all clients. */
    Uni<Long> countStuck() {
        return tenant.worker(connection -> connection.query("""
                                select count(*) from calls
                                where status = 'in-progress' and check_at is not null and (check_at <= now() or checks > 0)
                                """).execute())
                .map(rows -> rows.iterator().next().getLong(0));
    }

    Uni<List<String>> clients() {
        return tenant.worker(connection -> connection
                        .query("select distinct client_id from calls where check_at <= now()")
                        .execute())
                .map(rows -> list(rows, row -> row.getString(0)));
    }

    /** Takes some, and says when they are asked for again: open ones every 5 minutes, prices after 10 minutes, 1 h, 24 h. */
    Uni<List<DueCall>> claim(String clientId) {
        return tenant.sql(clientId, connection -> connection.query("""
                                update calls set checks = checks + 1, check_at = case
                                    when status = 'in-progress' then now() + interval '5 minutes'
                                    when status_source = 'guess' and checks < 12 then now() + interval '5 minutes'
                                    when carrier_bills and carrier_cost is null then now() + case checks
                                        when 0 then interval '10 minutes' when 1 then interval '1 hour'
                                        when 2 then interval '24 hours' end
                                end
                                where id in (select id from calls where check_at <= now()
                                             order by check_at limit 50 for update skip locked)
                                returning id, provider, provider_call_id, carrier_call_id, status, status_source,
                                    carrier_bills and carrier_cost is null and carrier_call_id is not null as needs_bill,
                                    answered_at is not null as was_answered, checks,
                                    (extract(epoch from now() - created_at) / 3600)::integer as hours
                                """).execute())
                .map(rows -> list(rows, DueCall::of));
    }

    /** The carrier never told: the row says so, and nobody asks any more. */
    Uni<Void> priceUnknown(String clientId, DueCall call) {
        return tenant.sql(
                clientId,
                connection -> connection
                        .preparedQuery("""
                        select note_call(id, null, null, '[price unknown]', $2) from calls
                        where id = $1 and carrier_cost is null
                        """)
                        .execute(Tuple.of(call.id(), Trace.parent()))
                        .replaceWithVoid());
    }

    private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> of) {
        List<T> list = new ArrayList<>(rows.size());
        rows.forEach(row -> list.add(of.apply(row)));
        return list;
    }
}
