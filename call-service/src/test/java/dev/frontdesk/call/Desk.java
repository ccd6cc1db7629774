package dev.frontdesk.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.frontdesk.http.Json;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/** A booking-service of one afternoon: the parts of its contract that in-call tools use. Answers are "status body". */
final class Desk {

    private static final String SERVICE = """
            {"items":[{"code":"regular","name":"Regular","duration_minutes":30,"base_price":15.00,"price_per_unit":8.00,
            "max_units":20,"currency":"USD"}],"next_cursor":null}""";
    private static final String HOURS =
            "{\"items\":[{\"weekday\":\"monday\",\"opens\":\"08:00\",\"closes\":\"20:00\"}],\"next_cursor\":null}";

    private final Map<String, ObjectNode> bookings = new LinkedHashMap<>();
    private final Map<String, String> answers = new LinkedHashMap<>();
    private volatile boolean down;

    void down(boolean away) {
        down = away;
    }

    synchronized String of(String phone) {
        return list(it -> it.path("customer_phone").asText().equals(phone))
                .path("items")
                .toString();
    }

    synchronized String answer(HttpExchange exchange, String path, String body) throws IOException {
        if (down) {
            return "500 {}";
        }
        String query = exchange.getRequestURI().getRawQuery();
        if (path.equals("/api/services")) {
            return "200 " + SERVICE;
        }
        if (path.equals("/api/opening-hours")) {
            return "200 " + HOURS;
        }
        if (path.equals("/api/availability")) {
            return availability(query);
        }
        if (path.equals("/api/bookings/upcoming")) {
            String phone = URLDecoder.decode(query.replaceFirst(".*phone=", ""), StandardCharsets.UTF_8);
            return "200 "
                    + list(it -> it.path("customer_phone").asText().equals(phone)
                            && it.path("status").asText().equals("pending"));
        }
        if (path.equals("/api/bookings") && exchange.getRequestMethod().equals("GET")) {
            String reference = query.replaceFirst(".*reference=", "");
            return "200 " + list(it -> it.path("reference").asText().equalsIgnoreCase(reference));
        }
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        return key == null ? change(path, body) : once(key, path, body);
    }

    private String once(String key, String path, String body) throws IOException {
        if (!answers.containsKey(key)) {
            answers.put(key, change(path, body));
        }
        return answers.get(key);
    }

    private String change(String path, String body) throws IOException {
        JsonNode given = Json.mapper().readTree(body);
        if (path.equals("/api/bookings")) {
            return create(given);
        }
        ObjectNode booking = bookings.get(path.split("/")[3]);
        if (path.endsWith("/cancellation")) {
            booking.put("status", "cancelled");
        } else if (path.endsWith("/reschedule")) {
            time(booking, given);
        } else {
            given.properties().forEach(field -> booking.set(field.getKey(), field.getValue()));
        }
        return "200 " + booking;
    }

    private String create(JsonNode given) {
        if (!given.path("service_type").asText().equals("regular")) {
            return "422 {\"type\":\"https://frontdesk.dev/problems/unprocessable\",\"detail\":\"service_type: must be one of regular\"}";
        }
        boolean taken = bookings.values().stream()
                .filter(it -> it.path("status").asText().equals("pending"))
                .anyMatch(it ->
                        it.path("slot_id").asText().equals(given.path("slot_id").asText("none")));
        if (taken) {
            return "409 {\"type\":\"https://frontdesk.dev/problems/slot-taken\",\"detail\":\"The slot is taken\",\"alternatives\":["
                    + slot("another", "2030-01-07", "03:30 PM") + "]}";
        }
        ObjectNode booking = Json.mapper().createObjectNode();
        String id = UUID.randomUUID().toString();
        given.properties().forEach(field -> booking.set(field.getKey(), field.getValue()));
        booking.put("id", id)
                .put("reference", id.substring(0, 6).toUpperCase())
                .put("status", "pending")
                .put("version", 1);
        booking.put("service_name", "Regular");
        time(booking, given);
        bookings.put(id, booking);
        return "201 " + booking;
    }

    private static void time(ObjectNode booking, JsonNode given) {
        booking.put("slot_id", given.path("slot_id").asText("none"));
        booking.put("appointment_date", given.path("appointment_date").asText("2030-01-07"));
        booking.put("appointment_time", given.path("appointment_time").asText("03:00 PM"));
    }

    private String availability(String query) {
        String date = query.replaceFirst(".*from=([0-9-]+).*", "$1");
        return "200 {\"items\":[" + slot("slot-" + UUID.randomUUID(), date, "03:00 PM") + "],\"next_cursor\":null}";
    }

    private static String slot(String id, String date, String time) {
        return """
               {"slot_id":"%s","starts_at":"2030-01-07T20:00:00Z","ends_at":"2030-01-07T20:30:00Z","appointment_date":"%s",\
               "appointment_time":"%s"}""".formatted(id, date, time);
    }

    private ObjectNode list(Predicate<ObjectNode> filter) {
        ObjectNode page = Json.mapper().createObjectNode();
        ArrayNode items = page.putArray("items");
        bookings.values().stream().filter(filter).forEach(items::add);
        return page.putNull("next_cursor");
    }
}
