package dev.frontdesk.sms;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.restassured.RestAssured;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** booking-service's API as far as texts use it, with a few free times; remembers every change asked of it, by key. */
public final class BookingServer implements QuarkusTestResourceLifecycleManager {

    private static final String URL = "frontdesk.testing.bookings";

    private Vertx vertx;
    private final List<JsonObject> bookings = new CopyOnWriteArrayList<>();
    private final Map<String, JsonObject> changes = new ConcurrentHashMap<>();

    /** Makes a pending booking on 2026-12-01 at 15:00 in New York. */
    public static UUID book(String phone, String reference) {
        return UUID.fromString(RestAssured.given()
                .contentType("application/json")
                .body(new JsonObject()
                        .put("phone", phone)
                        .put("reference", reference)
                        .encode())
                .post(System.getProperty(URL) + "/control")
                .jsonPath()
                .getString("id"));
    }

    /** What is changed about the booking next is done, and the answer is a 500. */
    public static void loseTheNextAnswer(UUID id) {
        RestAssured.given()
                .contentType("application/json")
                .body(new JsonObject().put("lose", id.toString()).encode())
                .post(System.getProperty(URL) + "/control")
                .then()
                .statusCode(200);
    }

    /** The booking as it is now: {@code status}, {@code appointment_time}, {@code changes}. */
    public static Map<String, Object> booking(UUID id) {
        return RestAssured.given()
                .get(System.getProperty(URL) + "/api/bookings/" + id)
                .jsonPath()
                .getMap("$");
    }

    @Override
    public Map<String, String> start() {
        vertx = Vertx.vertx();
        HttpServer server = vertx.createHttpServer().requestHandler(this::handle);
        try {
            server.listen(0, "localhost")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        String url = "http://localhost:" + server.actualPort();
        System.setProperty(URL, url);
        return Map.of("quarkus.rest-client.booking-desk.url", url);
    }

    @Override
    public void stop() {
        vertx.close();
    }

    private void handle(HttpServerRequest request) {
        request.body().onSuccess(buffer -> {
            JsonObject body = buffer.length() == 0 ? new JsonObject() : buffer.toJsonObject();
            String path = request.path();
            if (path.equals("/control")) {
                answer(
                        request,
                        200,
                        body.containsKey("lose") ? find(body.getString("lose")).put("lost", true) : book(body));
            } else if (path.equals("/api/bookings") && request.getParam("reference") != null) {
                answer(
                        request,
                        200,
                        page(bookings.stream()
                                .filter(it -> it.getString("reference").equals(request.getParam("reference")))
                                .toArray(JsonObject[]::new)));
            } else if (path.equals("/api/bookings/upcoming")) {
                answer(request, 200, upcoming(request.getParam("phone")));
            } else if (path.equals("/api/availability")) {
                answer(
                        request,
                        200,
                        page(
                                slot("s1", "2026-12-02", "09:00 AM"),
                                slot("s2", "2026-12-02", "10:00 AM"),
                                slot("s3", "2026-12-03", "09:00 AM")));
            } else if (path.equals("/api/opening-hours")) {
                answer(
                        request,
                        200,
                        page(
                                hours("monday"),
                                hours("tuesday"),
                                hours("saturday").put("closes", "14:00")));
            } else if (request.method().name().equals("GET")) {
                answer(request, 200, find(path.substring("/api/bookings/".length())));
            } else {
                String[] parts = path.split("/");
                change(request, find(parts[3]), parts[4], body);
            }
        });
    }

    private void change(HttpServerRequest request, JsonObject booking, String noun, JsonObject body) {
        String key = request.getHeader("Idempotency-Key");
        if (changes.containsKey(key)) {
            answer(request, 200, changes.get(key));
            return;
        }
        if ("s3".equals(body.getString("slot_id"))) {
            answer(
                    request,
                    409,
                    page(slot("s1", "2026-12-02", "09:00 AM"))
                            .put("type", "https://frontdesk.dev/problems/slot-taken")
                            .put("detail", "taken")
                            .put("alternatives", new JsonArray().add(slot("s1", "2026-12-02", "09:00 AM"))));
            return;
        }
        booking.put("changes", booking.getInteger("changes") + 1);
        switch (noun) {
            case "confirmation" -> booking.put("status", "confirmed");
            case "cancellation" -> booking.put("status", "cancelled");
            default -> booking.put("appointment_date", "2026-12-02").put("appointment_time", body.getString("slot_id"));
        }
        boolean lost = booking.remove("lost") != null;
        changes.put(key, booking.copy());
        answer(request, lost ? 500 : 200, booking);
    }

    private JsonObject book(JsonObject asked) {
        JsonObject booking = new JsonObject()
                .put("id", UUID.randomUUID().toString())
                .put("reference", asked.getString("reference"))
                .put("customer_name", "Maria Lopez")
                .put("customer_phone", asked.getString("phone"))
                .put("service_type", "regular")
                .put("service_name", "Regular wash")
                .put("appointment_date", "2026-12-01")
                .put("appointment_time", "03:00 PM")
                .put("scheduled_at", "2026-12-01T20:00:00Z")
                .put("time_zone", "America/New_York")
                .put("status", "pending")
                .put("changes", 0)
                .put("version", 1);
        bookings.add(booking);
        return booking;
    }

    private JsonObject find(String id) {
        return bookings.stream()
                .filter(it -> id.equals(it.getString("id")))
                .findFirst()
                .orElseThrow();
    }

    private JsonObject upcoming(String phone) {
        return page(bookings.stream()
                .filter(it -> it.getString("customer_phone").equals(phone))
                .filter(it -> !it.getString("status").equals("cancelled"))
                .toArray(JsonObject[]::new));
    }

    private static JsonObject slot(String id, String date, String time) {
        return new JsonObject()
                .put("slot_id", id)
                .put("starts_at", date + (time.startsWith("09") ? "T14:00:00Z" : "T15:00:00Z"))
                .put("ends_at", date + "T16:00:00Z")
                .put("appointment_date", date)
                .put("appointment_time", time);
    }

    private static JsonObject hours(String weekday) {
        return new JsonObject().put("weekday", weekday).put("opens", "08:00").put("closes", "20:00");
    }

    private static JsonObject page(JsonObject... items) {
        return new JsonObject().put("items", new JsonArray(List.of(items))).put("next_cursor", (String) null);
    }

    private static void answer(HttpServerRequest request, int status, JsonObject body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", status < 400 ? "application/json" : "application/problem+json")
                .end(body.encode());
    }
}
