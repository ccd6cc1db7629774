package dev.frontdesk.booking;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bookings that are not to be had: what is wrong is named, and what is free instead. */
@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(Shops.class)
class RefusedBookingsIT {

    @Inject
    TestClock clock;

    Shop laundry;
    Shop shop;

    @BeforeEach
    void open() {
        clock.set(TestClock.MONDAY);
        laundry = Shop.of("default");
        shop = Shop.open("flow", 1);
    }

    @Test
    void anUnknownServiceIsRefusedNamingTheOnesThereAre() {
        Map<String, Object> wanted = laundry.pickup("2026-03-05", "11:00");
        wanted.put("service_type", "dry-cleaning");
        laundry.book(wanted)
                .statusCode(422)
                .contentType("application/problem+json")
                .body("violations[0].field", equalTo("service_type"))
                .body("violations[0].message", containsString("regular, express, premium"));
    }

    @Test
    void thePriceIsNeverTheCallers() {
        Map<String, Object> wanted = laundry.pickup("2026-03-05", "11:00");
        wanted.put("payment_amount", 1);
        laundry.book(wanted).statusCode(422).body("violations.field", contains("payment_amount"));
        wanted.remove("payment_amount");
        wanted.put("number_of_loads", 21);
        laundry.book(wanted).statusCode(422).body("violations.field", contains("number_of_loads"));
    }

    @Test
    void noLoadsAtAllAreRefusedWhereTheServiceIsNotSoldByTheLoadEither() {
        for (int loads : List.of(-7, 0)) {
            shop.book(shop.wanted(Map.of("scheduled_at", "2026-03-06T17:00:00Z", "number_of_loads", loads)))
                    .statusCode(422)
                    .body("violations.field", contains("number_of_loads"));
        }
    }

    @Test
    void whatStandsForAnErasedNumberIsNoTelephoneNumber() {
        Map<String, Object> wanted = laundry.pickup("2026-03-06", "15:00");
        wanted.put("customer_phone", "erased-0123456789abcdef0123456789abcdef");
        laundry.book(wanted).statusCode(422).body("violations.field", contains("customer_phone"));
        wanted.put("customer_phone", "+14155550123");
        String id = laundry.book(wanted).statusCode(201).extract().path("id");
        laundry.patch("/api/bookings/" + id, Map.of("customer_phone", "erased-me"))
                .statusCode(422)
                .body("violations.field", contains("customer_phone"));
    }

    @Test
    void badFieldsAreNamed() {
        laundry.book(Map.of("service_type", "regular", "scheduled_at", "2026-03-05T15:00:00Z"))
                .statusCode(422)
                .body("violations.field", org.hamcrest.Matchers.containsInAnyOrder("customer_name", "customer_phone"));
        Map<String, Object> wanted = laundry.pickup("2026-03-05", "25:00");
        laundry.book(wanted).statusCode(422).body("violations.field", contains("appointment_time"));
        wanted.put("appointment_time", "11:00");
        wanted.put("scheduled_at", "2026-03-05T15:00:00Z");
        laundry.book(wanted).statusCode(422);
        wanted.remove("scheduled_at");
        wanted.put("customer_phone", "nobody");
        laundry.book(wanted).statusCode(422).body("violations.field", contains("customer_phone"));
        wanted.put("customer_phone", "+14155550123");
        wanted.put("source", "fax");
        laundry.book(wanted).statusCode(422).body("violations.field", contains("source"));
        laundry.request().body("{").post("/api/bookings").then().statusCode(400);
        laundry.request().body("").post("/api/bookings").then().statusCode(anyOf400And422());
    }

    private static org.hamcrest.Matcher<Integer> anyOf400And422() {
        return org.hamcrest.Matchers.anyOf(equalTo(400), equalTo(422));
    }

    @Test
    void timesThatAreNotOfferedSayWhyAndWhatIsFree() {
        refused("2026-03-01", "10:00", "past");
        refused("2026-03-02", "09:30", "too-soon");
        refused("2026-07-15", "10:00", "beyond-horizon");
        refused("2026-03-08", "10:00", "closed");
        refused("2026-03-03", "07:45", "closed");
        refused("2026-03-03", "19:45", "closed");
        refused("2026-03-08", "02:30", "nonexistent-time");
    }

    private void refused(String date, String time, String reason) {
        laundry.book(laundry.pickup(date, time))
                .statusCode(422)
                .body("type", endsWith("/not-bookable"))
                .body("reason", equalTo(reason))
                .body("alternatives", hasSize(5))
                .body("alternatives[0].slot_id", notNullValue())
                .body("alternatives[0].appointment_time", notNullValue());
    }

    @Test
    void aTakenTimeIsA409WithTheNextFreeOnes() {
        shop.booked("2026-03-03", "10:00 AM");
        Response refusal = shop.book(shop.wanted("2026-03-03", "10:00"))
                .statusCode(409)
                .body("type", endsWith("/slot-taken"))
                .body("alternatives[0].appointment_time", equalTo("10:30 AM"))
                .body("alternatives", hasSize(5))
                .extract()
                .response();
        shop.book(shop.wanted(Map.of("slot_id", refusal.path("alternatives[0].slot_id"))))
                .statusCode(201)
                .body("appointment_time", equalTo("10:30 AM"));
        shop.get("/api/availability?service_type=cut&from=2026-03-03&to=2026-03-03")
                .body("items.appointment_time", not(hasItem("10:00 AM")))
                .body("items.appointment_time", not(hasItem("10:30 AM")))
                .body("items.appointment_time", hasItem("11:00 AM"));
    }

    @Test
    void aCancelledTimeIsFreeAgain() {
        String id = shop.booked("2026-03-04", "10:00 AM");
        shop.post("/api/bookings/%s/cancellation".formatted(id)).statusCode(200);
        shop.booked("2026-03-04", "10:00 AM");
        shop.post("/api/bookings/%s/confirmation".formatted(id)).statusCode(409);
    }

    @Test
    void aChangeFromAnOldVersionIsRefused() {
        String id = shop.booked("2026-03-05", "11:00 AM");
        shop.request()
                .header("If-Match", "\"7\"")
                .post("/api/bookings/%s/confirmation".formatted(id))
                .then()
                .statusCode(412);
        shop.request()
                .header("If-Match", "\"1\"")
                .post("/api/bookings/%s/confirmation".formatted(id))
                .then()
                .statusCode(200);
    }
}
