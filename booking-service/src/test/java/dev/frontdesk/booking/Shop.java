package dev.frontdesk.booking;

import static io.restassured.RestAssured.given;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** A client of the API, as staff see it. */
final class Shop {

    private final String client;

    private Shop(String client) {
        this.client = client;
    }

    static Shop of(String client) {
        return new Shop(client);
    }

    /** A shop with one service {@code cut} of 30 minutes, open every day from 08:00 to 20:00; stocked only once. */
    static Shop open(String client, int resources) {
        Shop shop = new Shop(client);
        if (shop.get("/api/services").extract().jsonPath().getList("items").isEmpty()) {
            shop.stock(resources);
        }
        return shop;
    }

    private void stock(int resources) {
        post("/api/services", Map.of("code", "cut", "name", "Cut", "duration_minutes", 30, "base_price", 20))
                .statusCode(201);
        IntStream.rangeClosed(1, resources)
                .forEach(i -> post("/api/resources", Map.of("code", "chair-" + i, "name", "Chair " + i))
                        .statusCode(201));
        hours("08:00", "20:00");
    }

    /** The same hours on every day. */
    void hours(String opens, String closes) {
        List<Map<String, String>> week =
                List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday").stream()
                        .map(day -> Map.of("weekday", day, "opens", opens, "closes", closes))
                        .toList();
        request().body(Map.of("items", week)).put("/api/opening-hours").then().statusCode(200);
    }

    RequestSpecification request() {
        return given().header("X-Client-Id", client).contentType("application/json");
    }

    ValidatableResponse get(String path) {
        return request().get(path).then();
    }

    ValidatableResponse post(String path, Object body) {
        return request().body(body).post(path).then();
    }

    ValidatableResponse post(String path) {
        return request().post(path).then();
    }

    ValidatableResponse patch(String path, Object body) {
        return request()
                .contentType("application/merge-patch+json")
                .body(body)
                .patch(path)
                .then();
    }

    ValidatableResponse book(Map<String, Object> wanted) {
        return post("/api/bookings", wanted);
    }

    /** Books the service {@code cut}, or another, at a local date and time. */
    String booked(String date, String time) {
        return book(wanted(date, time)).statusCode(201).extract().path("id");
    }

    Map<String, Object> wanted(String date, String time) {
        return wanted(Map.of("appointment_date", date, "appointment_time", time));
    }

    Map<String, Object> wanted(Map<String, Object> more) {
        Map<String, Object> wanted = new HashMap<>();
        wanted.put("customer_name", "Ann Lee");
        wanted.put("customer_phone", phone());
        wanted.put("service_type", "cut");
        wanted.putAll(more);
        return wanted;
    }

    /** Three loads to be picked up by the laundry. */
    Map<String, Object> pickup(String date, String time) {
        Map<String, Object> wanted = wanted(date, time);
        wanted.put("service_type", "regular");
        wanted.put("number_of_loads", 3);
        wanted.put("customer_phone", "(415) 555-0123");
        wanted.put("pickup_address", "1 Main St");
        return wanted;
    }

    static String phone() {
        return "+1415555%04d".formatted(ThreadLocalRandom.current().nextInt(10_000));
    }

    static String key() {
        return UUID.randomUUID().toString();
    }
}
