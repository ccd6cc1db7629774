package dev.frontdesk.booking;

import dev.frontdesk.events.CustomerEvent;
import dev.frontdesk.privacy.PersonalData;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;

/** What bookings know about people, and how they forget it: times, prices and statuses stay. */
@ApplicationScoped
class BookedPeople implements PersonalData {

    @Override
    public Uni<Integer> forget(SqlConnection connection, CustomerEvent.Erased person) {
        return connection
                .preparedQuery("""
                        with forgotten as (
                            update bookings
                            set customer_name = 'erased', customer_phone = $2, customer_email = null, notes = null,
                                title = null, pickup_address = null, cancel_reason = null
                            where customer_phone = $1 and created_at <= $3
                            returning id),
                        silenced as (
                            update booking_changes set reason = null
                            where booking_id in (select id from forgotten) and reason is not null)
                        select count(*) as bookings from forgotten
                        """)
                .execute(Tuple.of(
                        person.phone(), person.pseudonym(), person.occurredAt().atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.iterator().next().getLong("bookings").intValue());
    }
}
