package dev.frontdesk.sms.notices;

import dev.frontdesk.events.BookingSnapshot;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.ZoneOffset;

/** What we know of bookings: enough to hold back a text about a time that was given up. */
final class BookingCopies {

    private BookingCopies() {}

    /** Takes over what is newer; answers whether the event's time is the booking's present one, as far as we know. */
    static Uni<Boolean> update(SqlConnection connection, BookingSnapshot booking) {
        return connection
                .preparedQuery("""
                        insert into booking_copies as b
                            (id, version, time_version, status, scheduled_at)
                        values ($1, $2, $3, $4, $5)
                        on conflict (client_id, id) do update
                            set version = excluded.version, time_version = excluded.time_version,
                                status = excluded.status, scheduled_at = excluded.scheduled_at
                            where b.version < excluded.version
                        """)
                .execute(Tuple.tuple()
                        .addUUID(booking.id())
                        .addLong(booking.version())
                        .addLong(booking.timeVersion())
                        .addString(booking.status())
                        .addOffsetDateTime(booking.scheduledAt().atOffset(ZoneOffset.UTC)))
                .chain(() -> connection
                        .preparedQuery("""
                                select time_version = $2 and (status = $3 or status not in ('cancelled', 'completed', 'no-show'))
                                from booking_copies where id = $1
                                """)
                        .execute(Tuple.of(booking.id(), booking.timeVersion(), booking.status())))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }
}
