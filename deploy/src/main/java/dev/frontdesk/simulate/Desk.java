package dev.frontdesk.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.local.Refusal;
import dev.frontdesk.simulate.Books.Appointment;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** Books appointments, by the API as staff does and by the voice agent's tools, each on a time of its own. */
final class Desk {
    /** The fate of a booking with which nothing happens any more. */
    static final int LEFT_ALONE = 2;

    private final Stage stage;
    private final String service;
    private final Deque<String> slots = new ArrayDeque<>();

    Desk(Stage stage, int appointments) {
        this.stage = stage;
        JsonNode services = stage.office.get("/api/services").get("items");
        if (services == null || services.isEmpty()) {
            throw new Refusal("The client has no services to book.");
        }
        service = services.get(0).get("code").asText();
        LocalDate from = LocalDate.now(ZoneOffset.UTC).plusDays(2);
        while (slots.size() < appointments
                && from.isBefore(LocalDate.now(ZoneOffset.UTC).plusDays(110))) {
            slots.addAll(free(from));
            from = from.plusDays(7);
        }
        if (slots.size() < appointments) {
            throw new Refusal("Only %d times are free for %d appointments.".formatted(slots.size(), appointments));
        }
    }

    private List<String> free(LocalDate from) {
        List<String> found = new ArrayList<>();
        Instant free = Instant.MIN;
        for (JsonNode slot : stage.office
                .get("/api/availability?service_type=%s&from=%s&to=%s".formatted(service, from, from.plusDays(6)))
                .get("items")) {
            // Times overlap where a service takes longer than the steps in which it may begin.
            if (!Instant.parse(slot.get("starts_at").asText()).isBefore(free)) {
                found.add(slot.get("slot_id").asText());
                free = Instant.parse(slot.get("ends_at").asText());
            }
        }
        Collections.shuffle(found, stage.random);
        return found;
    }

    private synchronized String nextSlot() {
        return slots.remove();
    }

    /** A booking by staff, asked for {@code times} times under one key, then led to where {@code fate} says. */
    Appointment bookByHand(Books books, Person person, int times, int fate) {
        String key = UUID.randomUUID().toString();
        Map<String, Object> body = new HashMap<>(Map.of(
                "customer_name", person.name(),
                "customer_phone", person.phone(),
                "service_type", service,
                "slot_id", nextSlot()));
        JsonNode booking = null;
        for (int i = 0; i < times; i++) {
            booking = accepted(stage.office.post("/api/bookings", body, key));
        }
        String path = "/api/bookings/" + booking.get("id").asText();
        String status = booking.get("status").asText();
        BigDecimal paid = BigDecimal.ZERO;
        switch (fate) {
            case 0 -> {
                status = accepted(stage.office.post(path + "/confirmation", Map.of()))
                        .get("status")
                        .asText();
                paid = accepted(stage.office.post(path + "/payment", Map.of("payment_status", "paid")))
                        .get("payment_amount")
                        .decimalValue();
            }
            case 1 -> {
                awaitConfirmation(person, booking.get("reference").asText());
                status = accepted(stage.office.post(path + "/cancellation", Map.of("reason", "changed plans")))
                        .get("status")
                        .asText();
            }
            default -> {}
        }
        Appointment made = new Appointment(person, booking.get("id").asText(), status, "manual", paid);
        books.add(made);
        return made;
    }

    /** People change their mind after they have read the confirmation; one that is too late is never sent. */
    private void awaitConfirmation(Person person, String reference) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (stage.carrier.textsTo(person).stream()
                .noneMatch(text -> text.get("body").asText().contains(reference))) {
            if (System.nanoTime() > end) {
                throw new Refusal("No confirmation of booking %s within 30 s.".formatted(reference));
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    /** A booking by the voice agent during a call, the tool asked for {@code times} times under one id. One by one. */
    synchronized void bookByVoice(Books books, PhoneCall call, int times) {
        Delivery request = stage.vapi.toolCall(
                call,
                "call_" + UUID.randomUUID(),
                "create_booking",
                Map.of("customer_name", call.person().name(), "service_type", service, "slot_id", nextSlot()));
        String refusal = null;
        for (int i = 0; i < times && refusal == null; i++) {
            JsonNode result = stage.traffic.send(request).json().path("results").path(0);
            refusal = result.path("result").isTextual()
                    ? null
                    : result.path("error").asText();
        }
        List<JsonNode> made = bookedBy(call, books);
        // What could not be booked while the caller waited is noted, and booked as soon as it can be.
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (refusal != null && made.isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            made = bookedBy(call, books);
        }
        if (refusal != null && made.isEmpty()) {
            stage.traffic.refuse("create_booking: " + refusal);
            return;
        }
        if (made.size() != 1) {
            throw new Refusal("One tool call made %d bookings for %s"
                    .formatted(made.size(), call.person().phone()));
        }
        JsonNode booking = made.get(0);
        books.add(new Appointment(
                call.person(), booking.get("id").asText(), booking.get("status").asText(), "voice", BigDecimal.ZERO));
    }

    /** Staff may be booking for the same person at this moment. */
    private List<JsonNode> bookedBy(PhoneCall call, Books books) {
        return stage.office.listOf("/api/bookings", call.person()).stream()
                .filter(booking -> booking.path("source").asText().equals("voice"))
                .filter(booking -> !books.knows(booking.get("id").asText()))
                .toList();
    }

    private static JsonNode accepted(Wire.Answer answer) {
        if (!answer.isOk()) {
            throw new Refusal("Refused: %d %s".formatted(answer.status(), answer.body()));
        }
        return answer.json();
    }
}
