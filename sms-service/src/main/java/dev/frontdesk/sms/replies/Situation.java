package dev.frontdesk.sms.replies;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import java.util.List;
import java.util.UUID;

/**
 * An inbound text that waits for its answer, and what stands around it.
 *
 * @param attempts how often an answer was begun, this one included
 * @param optedOut whether the number wants no texts now
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

    /** A row of {@code lease_texts}. */
    static Situation of(Row row) {
        UUID booking = row.getUUID("offer_booking");
        return new Situation(
                row.getUUID("id"),
                row.getString("client_id"),
                row.getString("phone_number"),
                row.getString("message_body"),
                row.getInteger("attempts"),
                row.getBoolean("opted_out"),
                row.getBoolean("staff_active"),
                row.getBoolean("looping"),
                booking == null ? null : Offer.of(booking, row.getJsonArray("offer_slots")));
    }
}
