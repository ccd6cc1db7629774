package dev.frontdesk.booking;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A booking takes another time, and gives up the one it had. */
@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(Shops.class)
class MovedBookingsIT {

    @Inject
    TestClock clock;

    Shop shop;

    @BeforeEach
    void open() {
        clock.set(TestClock.MONDAY);
        shop = Shop.open("many", 40);
    }

    @Test
    void aMovedBookingIsConfirmedAnewAndGivesItsTimeUp() {
        Shop one = Shop.open("flow", 1);
        String id = one.booked("2026-04-07", "10:00");
        one.post("/api/bookings/%s/confirmation".formatted(id)).statusCode(200);
        one.post(
                        "/api/bookings/%s/reschedule".formatted(id),
                        Map.of("appointment_date", "2026-04-07", "appointment_time", "03:00 PM"))
                .statusCode(200)
                .body("status", equalTo("scheduled"))
                .body("appointment_time", equalTo("03:00 PM"))
                .body("scheduled_at", equalTo("2026-04-07T19:00:00Z"))
                .body("version", equalTo(3));
        one.booked("2026-04-07", "10:00");
        one.book(one.wanted("2026-04-07", "15:15")).statusCode(409);
        one.post("/api/bookings/%s/confirmation".formatted(id)).statusCode(200).body("status", equalTo("confirmed"));
        one.get("/api/bookings/%s/history".formatted(id))
                .body("items.change", contains("created", "confirmed", "rescheduled", "confirmed"));
    }

    @Test
    void aMoveToATakenTimeChangesNothing() {
        Shop one = Shop.open("flow", 1);
        one.booked("2026-04-08", "10:00");
        String id = one.booked("2026-04-08", "11:00");
        one.post(
                        "/api/bookings/%s/reschedule".formatted(id),
                        Map.of("appointment_date", "2026-04-08", "appointment_time", "10:15"))
                .statusCode(409)
                .body("type", endsWith("/slot-taken"))
                .body("alternatives", not(hasSize(0)));
        one.post(
                        "/api/bookings/%s/reschedule".formatted(id),
                        Map.of("appointment_date", "2026-04-08", "appointment_time", "06:00"))
                .statusCode(422)
                .body("reason", equalTo("closed"));
        one.get("/api/bookings/" + id)
                .body("appointment_time", equalTo("11:00 AM"))
                .body("version", equalTo(1));
        one.post(
                        "/api/bookings/%s/reschedule".formatted(id),
                        Map.of("appointment_date", "2026-04-08", "appointment_time", "11:15"))
                .statusCode(200)
                .body("status", equalTo("pending"));
    }

    /** A service of the test's own, and a booking of 30 minutes for it. */
    private String[] perm(String date) {
        String code = "perm-" + Shop.key().substring(0, 8);
        String service = shop.post(
                        "/api/services", Map.of("code", code, "name", "Perm", "duration_minutes", 30, "base_price", 20))
                .statusCode(201)
                .extract()
                .path("id");
        Map<String, Object> wanted = shop.wanted(date, "10:00");
        wanted.put("service_type", code);
        String booking = shop.book(wanted).statusCode(201).extract().path("id");
        return new String[] {"/api/services/" + service, "/api/bookings/" + booking};
    }

    private ValidatableResponse move(String booking, String date, String time) {
        return shop.post(booking + "/reschedule", Map.of("appointment_date", date, "appointment_time", time));
    }

    @Test
    void aMovedBookingKeepsItsLengthWhateverItsServiceHasBecome() {
        String[] perm = perm("2026-03-10");
        shop.patch(perm[0], Map.of("duration_minutes", 15, "step_minutes", 15)).statusCode(200);
        move(perm[1], "2026-03-10", "19:45")
                .statusCode(422)
                .body("reason", equalTo("closed"))
                .body("alternatives", hasSize(5))
                .body("alternatives[0].starts_at", equalTo("2026-03-11T12:00:00Z"))
                .body("alternatives[0].ends_at", equalTo("2026-03-11T12:30:00Z"))
                .body("alternatives[1].starts_at", equalTo("2026-03-11T12:15:00Z"));
        move(perm[1], "2026-03-10", "19:30").statusCode(200).body("duration_minutes", equalTo(30));
    }

    @Test
    void aBookingOfAServiceThatIsSoldNoMoreCanBeMoved() {
        String[] perm = perm("2026-03-11");
        shop.patch(perm[0], Map.of("active", false)).statusCode(200);
        move(perm[1], "2026-03-11", "12:00").statusCode(200);
        shop.patch(perm[1], Map.of("number_of_loads", 2)).statusCode(200);
        shop.request().delete(perm[0]).then().statusCode(204);
        move(perm[1], "2026-03-11", "14:00").statusCode(200);
        move(perm[1], "2026-03-08", "02:30")
                .statusCode(422)
                .body("type", endsWith("/not-bookable"))
                .body("reason", equalTo("nonexistent-time"))
                .body("alternatives", hasSize(5));
        shop.patch(perm[1], Map.of("number_of_loads", 3))
                .statusCode(422)
                .body("violations.field", contains("number_of_loads"));
    }

    @Test
    void aCancelledBookingCannotBeMoved() {
        String id = shop.booked("2026-03-05", "10:00");
        shop.post("/api/bookings/%s/cancellation".formatted(id)).statusCode(200);
        shop.post(
                        "/api/bookings/%s/reschedule".formatted(id),
                        Map.of("appointment_date", "2026-03-05", "appointment_time", "12:00"))
                .statusCode(409);
    }
}
