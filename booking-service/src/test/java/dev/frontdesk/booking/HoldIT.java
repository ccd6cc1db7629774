package dev.frontdesk.booking;

import static org.hamcrest.Matchers.equalTo;

import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(Shops.class)
class HoldIT {

    @Inject
    TestClock clock;

    Shop shop;

    @BeforeEach
    void open() {
        clock.set(TestClock.MONDAY);
        shop = Shop.open("holds", 1);
    }

    private ValidatableResponse hold(String date, String time) {
        return shop.post(
                "/api/availability/holds",
                Map.of("service_type", "cut", "appointment_date", date, "appointment_time", time));
    }

    @Test
    void aHeldTimeIsTheHoldersOnly() {
        String id = hold("2026-03-03", "10:00")
                .statusCode(201)
                .body("appointment_time", equalTo("10:00 AM"))
                .extract()
                .path("id");
        shop.book(shop.wanted("2026-03-03", "10:00")).statusCode(409);
        hold("2026-03-03", "10:15").statusCode(409);
        Map<String, Object> wanted = new HashMap<>(shop.wanted("2026-03-03", "10:00"));
        wanted.put("hold_id", id);
        shop.book(wanted).statusCode(201);
        shop.request().delete("/api/availability/holds/" + id).then().statusCode(404);
    }

    @Test
    void aHoldEndsByItself() {
        String id = hold("2026-03-03", "12:00").statusCode(201).extract().path("id");
        clock.set(TestClock.MONDAY.plus(Duration.ofMinutes(4)));
        shop.book(shop.wanted("2026-03-03", "12:00")).statusCode(409);
        clock.set(TestClock.MONDAY.plus(Duration.ofMinutes(6)));
        Map<String, Object> late = new HashMap<>(shop.wanted("2026-03-03", "12:00"));
        late.put("hold_id", id);
        shop.book(late).statusCode(201);
        shop.book(shop.wanted("2026-03-03", "12:00")).statusCode(409);
    }

    @Test
    void aHoldIsLetGo() {
        String id = hold("2026-03-03", "14:00").statusCode(201).extract().path("id");
        shop.request().delete("/api/availability/holds/" + id).then().statusCode(204);
        shop.booked("2026-03-03", "14:00");
        hold("2026-03-03", "14:00").statusCode(409);
        hold("2026-03-03", "21:00").statusCode(422).body("reason", equalTo("closed"));
    }

    @Test
    void aBookingIsNotMovedIntoAHold() {
        String id = shop.booked("2026-03-04", "10:00");
        hold("2026-03-04", "12:00").statusCode(201);
        shop.post(
                        "/api/bookings/%s/reschedule".formatted(id),
                        Map.of("appointment_date", "2026-03-04", "appointment_time", "12:00"))
                .statusCode(409);
    }
}
