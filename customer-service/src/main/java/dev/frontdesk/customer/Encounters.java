package dev.frontdesk.customer;

import dev.frontdesk.events.CounterEvent;
import dev.frontdesk.outbox.Outbox;
import dev.frontdesk.privacy.Pseudonyms;
import dev.frontdesk.tenancy.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;

/**
 * What the other services tell about people, written down here: the timeline, the customer behind the number (found or
 * created), the counters. In any order and any number of times; each step compares versions.
 */
@ApplicationScoped
class Encounters {

    /**
     * The timeline entry if it is news, and with it the customer: created, or taught what was not known. One statement; the
     * customer is only touched when there is something to write.
     */
    private static final String WRITE_DOWN = """
            with news as (
                insert into timeline (kind, id, version, phone, at, summary, created_at, gone)
                values ($1, $2, $3, $4, $5, $6, $7, $14)
                on conflict (client_id, kind, id) do update
                    set version = excluded.version, phone = excluded.phone, at = excluded.at,
                        summary = excluded.summary, gone = excluded.gone
                    where timeline.version < excluded.version
                returning phone
            ), counted as (
                select coalesce(max(total_bookings), 0) as bookings, coalesce(max(total_calls), 0) as calls,
                       max(last_contact) as last_contact, coalesce(max(total_spent), 0) as spent
                from phone_counters where phone = $4
            )
            insert into customers as mine (id, phone, name, name_source, email, address, created_at,
                                           total_bookings, total_calls, last_contact, total_spent)
            select uuidv7(), news.phone, coalesce($8, ''), $9, $10, $11, $12,
                   counted.bookings, counted.calls, counted.last_contact, counted.spent
            from news, counted where $13
            on conflict (client_id, phone) do update
                set name = case when %1$s then excluded.name else mine.name end,
                    name_source = case when %1$s then excluded.name_source else mine.name_source end,
                    email = coalesce(mine.email, excluded.email),
                    address = coalesce(mine.address, excluded.address),
                    version = mine.version + 1
                where mine.merged_into is null and mine.erased_at is null
                  and (%1$s or (mine.email is null and excluded.email is not null)
                            or (mine.address is null and excluded.address is not null))
            returning old.id is null as is_new, new.*
            """.formatted("""
                            (array_position(array['none', 'call', 'booking', 'staff'], excluded.name_source)
                              > array_position(array['none', 'call', 'booking', 'staff'], mine.name_source))
                            """);

    private final Tenant tenant;
    private final Outbox outbox;
    private final Clock clock;

    Encounters(Tenant tenant, Outbox outbox, Clock clock) {
        this.tenant = tenant;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** One transaction of four statements: bind, lock the number, write down, and the event if the customer changed. */
    Uni<Void> writeDown(String clientId, Encounter encounter) {
        return tenant.sql(
                clientId,
                connection -> lock(connection, encounter.phone())
                        .chain(() -> connection.preparedQuery(WRITE_DOWN).execute(tuple(encounter)))
                        .chain(rows -> outbox.append(connection, ChangedCustomers.events(rows, clock.instant()))));
    }

    /** One transaction: the number's counters if they are newer, then the sum over its owner's numbers. */
    Uni<Void> count(String clientId, CounterEvent.Changed counters) {
        return tenant.sql(
                clientId,
                connection -> lock(connection, counters.phone())
                        .chain(() -> connection
                                .preparedQuery("""
                                insert into phone_counters
                                    (phone, version, total_bookings, total_calls, last_contact, total_spent)
                                values ($1, $2, $3, $4, $5, $6)
                                on conflict (client_id, phone) do update
                                    set version = excluded.version, total_bookings = excluded.total_bookings,
                                        total_calls = excluded.total_calls, last_contact = excluded.last_contact,
                                        total_spent = excluded.total_spent
                                    where phone_counters.version < excluded.version
                                """)
                                .execute(Tuple.tuple(Arrays.asList(
                                        counters.phone(),
                                        counters.version(),
                                        counters.totalBookings(),
                                        counters.totalCalls(),
                                        utc(counters.lastContact()),
                                        counters.totalSpent()))))
                        .chain(() -> addUp(connection, counters.phone())));
    }

    /** Locks the owner of the number first, so that two of their numbers changing at once add up. */
    private static Uni<Void> addUp(SqlConnection connection, String phone) {
        return connection
                .preparedQuery("""
                        select id from customers
                        where id = (select coalesce(merged_into, id) from customers where phone = $1) for update
                        """)
                .execute(Tuple.of(phone))
                .chain(() -> connection
                        .preparedQuery(
                                "select add_up_counters(coalesce(merged_into, id)) from customers where phone = $1")
                        .execute(Tuple.of(phone)))
                .replaceWithVoid();
    }

    /** Events of one number wait for one another, whatever they are about. */
    private static Uni<Void> lock(SqlConnection connection, String phone) {
        return connection
                .preparedQuery(
                        "select pg_advisory_xact_lock(hashtextextended(current_setting('app.client_id') || $1, 4))")
                .execute(Tuple.of(phone))
                .replaceWithVoid();
    }

    private Tuple tuple(Encounter it) {
        return Tuple.tuple(Arrays.asList(
                it.kind(),
                it.id(),
                it.version(),
                it.phone(),
                utc(it.at()),
                it.summary(),
                utc(it.createdAt()),
                it.name(),
                it.nameSource().word(),
                it.email(),
                it.address(),
                utc(clock.instant()),
                !Pseudonyms.isPseudonym(it.phone()),
                it.gone()));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
