package dev.frontdesk.booking;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The nights the clocks change, for a shop in New York and one in Berlin that are open through them. */
@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(Shops.class)
class DstIT {

    @Inject
    TestClock clock;

    Shop newYork;
    Shop berlin;

    @BeforeEach
    void open() {
        clock.set(TestClock.MONDAY);
        newYork = Shop.open("dst-new-york", 1);
        berlin = Shop.open("dst-berlin", 1);
        newYork.hours("00:00", "00:00");
        berlin.hours("00:00", "00:00");
    }

    @AfterEach
    void back() {
        clock.set(TestClock.MONDAY);
    }

    @Test
    void aTimeTheClocksSkipIsRefusedWithTheNextFreeOnes() {
        newYork.book(newYork.wanted("2026-03-08", "02:30 AM"))
                .statusCode(422)
                .body("reason", equalTo("nonexistent-time"))
                .body("alternatives", hasSize(5))
                .body("alternatives[0].appointment_time", equalTo("03:30 AM"));
        berlin.book(berlin.wanted("2026-03-29", "02:30")).statusCode(422).body("reason", equalTo("nonexistent-time"));
        newYork.get("/api/availability?service_type=cut&from=2026-03-08&to=2026-03-08")
                .body("items", hasSize(46))
                .body("items.appointment_time", not(hasItem("02:30 AM")));
    }

    @Test
    void theSameTimeExistsWhereTheClocksStayed() {
        berlin.book(berlin.wanted("2026-03-08", "02:30"))
                .statusCode(201)
                .body("scheduled_at", equalTo("2026-03-08T01:30:00Z"));
        newYork.book(newYork.wanted("2026-03-29", "02:30"))
                .statusCode(201)
                .body("scheduled_at", equalTo("2026-03-29T06:30:00Z"));
    }

    @Test
    void ofATimeThatComesTwiceTheFirstIsBooked() {
        clock.set(Instant.parse("2026-10-20T12:00:00Z"));
        newYork.book(newYork.wanted("2026-11-01", "01:30 AM"))
                .statusCode(201)
                .body("scheduled_at", equalTo("2026-11-01T05:30:00Z"))
                .body("appointment_time", equalTo("01:30 AM"));
        berlin.book(berlin.wanted("2026-10-25", "02:30"))
                .statusCode(201)
                .body("scheduled_at", equalTo("2026-10-25T00:30:00Z"));
    }

    @Test
    void aBookingMovedAcrossTheChangeKeepsItsLocalTime() {
        String id = newYork.booked("2026-03-07", "10:00");
        newYork.get("/api/bookings/" + id).body("scheduled_at", equalTo("2026-03-07T15:00:00Z"));
        newYork.post(
                        "/api/bookings/%s/reschedule".formatted(id),
                        Map.of("appointment_date", "2026-03-09", "appointment_time", "10:00"))
                .statusCode(200)
                .body("scheduled_at", equalTo("2026-03-09T14:00:00Z"))
                .body("appointment_time", equalTo("10:00 AM"));
    }

    @Test
    void everyOfferedTimeOfTheNightCanBeBooked() {
        clock.set(Instant.parse("2026-10-20T12:00:00Z"));
        List<String> slots = newYork.get("/api/availability?service_type=cut&from=2026-10-31&to=2026-11-01")
                .extract()
                .path("items.slot_id");
        slots.stream()
                .skip(44)
                .limit(16)
                .forEach(slot ->
                        newYork.book(newYork.wanted(Map.of("slot_id", slot))).statusCode(201));
    }
}
