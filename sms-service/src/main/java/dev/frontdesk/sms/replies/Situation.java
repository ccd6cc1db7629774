package dev.frontdesk.sms.replies;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * An inbound text that waits for its answer, and what stands around it.
 *
 * @param attempts how often an answer was begun, this one included
 * @param optedOut whether the number wants no texts now
 * @param stoppedHere whether this very text opted it out, and it was not out before
 * @param staffActive whether a person wrote in this conversation within half a day
 * @param looping whether our answers seem to go to a machine that answers them
 * @param offer the numbered times last offered; null when none stands
 */
record Situation(
        UUID id,
        String clientId,
        String phoneNumber,
        String body,
        int attempts,
        boolean optedOut,
        boolean stoppedHere,
        boolean staffActive,
        boolean looping,
        Offer offer) {

    /** A time by its number in the offer. */
    record Slot(String slotId, String label) {}

    record Offer(UUID bookingId, List<Slot> slots) {
        JsonArray json() {
            JsonArray all = new JsonArray();
            slots.forEach(
                    it -> all.add(new JsonObject().put("slot_id", it.slotId()).put("label", it.label())));
            return all;
        }

        static Offer of(UUID bookingId, JsonArray slots) {
            return new Offer(
                    bookingId,
                    slots.stream()
                            .map(JsonObject.class::cast)
                            .map(it -> new Slot(it.getString("slot_id"), it.getString("label")))
                            .toList());
        }
    }

    private static final String SELECT = """
            select m.id, m.client_id, m.phone_number, m.message_body, m.attempts,
                   opted_out(m.phone_number) as opted_out,
                   coalesce((select o.message_id = m.id and coalesce((
                                 select p.state from opt_outs p where p.phone_number = m.phone_number and p.id < o.id
                                 order by p.id desc limit 1), 'opted-in') = 'opted-in'
                             from opt_outs o where o.phone_number = m.phone_number order by o.id desc limit 1), false)
                       as stopped_here,
                   coalesce(c.staff_at > now() - interval '12 hours', false) as staff_active,
                   (select count(*) from sms_messages s
                    where s.phone_number = m.phone_number and s.direction = 'inbound' and s.message_body = m.message_body
                      and s.created_at > m.created_at - interval '10 minutes' and s.created_at <= m.created_at) >= 5
                   and (select count(*) from sms_messages s
                        where s.phone_number = m.phone_number and s.purpose = 'reply'
                          and s.created_at > m.created_at - interval '10 minutes' and s.created_at < m.created_at) >= 5
                       as looping,
                   f.booking_id as offer_booking, f.slots as offer_slots
            from sms_messages m
            left join conversations c on c.phone_number = m.phone_number
            left join slot_offers f on f.phone_number = m.phone_number and f.created_at > now() - interval '2 hours'
            where m.id = any($1)
            """;

    /** The texts of these ids. */
    static Uni<List<Situation>> of(SqlConnection connection, RowSet<Row> ids) {
        return connection
                .preparedQuery(SELECT)
                .execute(Tuple.of(all(ids).map(row -> row.getUUID("id")).toArray(UUID[]::new)))
                .map(rows -> all(rows).map(Situation::of).toList());
    }

    private static Stream<Row> all(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }

    private static Situation of(Row row) {
        UUID booking = row.getUUID("offer_booking");
        return new Situation(
                row.getUUID("id"),
                row.getString("client_id"),
                row.getString("phone_number"),
                row.getString("message_body"),
                row.getInteger("attempts"),
                row.getBoolean("opted_out"),
                row.getBoolean("stopped_here"),
                row.getBoolean("staff_active"),
                row.getBoolean("looping"),
                booking == null ? null : Offer.of(booking, row.getJsonArray("offer_slots")));
    }
}
