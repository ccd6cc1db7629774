package dev.frontdesk.booking;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(Shops.class)
class LifecycleIT {

    private static final Map<BookingStatus, String> NOUNS = Map.of(
            BookingStatus.CONFIRMED, "confirmation",
            BookingStatus.SCHEDULED, "schedule",
            BookingStatus.COMPLETED, "completion",
            BookingStatus.CANCELLED, "cancellation",
            BookingStatus.NO_SHOW, "no-show");

    private static final Map<BookingStatus, Set<BookingStatus>> WAYS = Map.of(
            BookingStatus.CONFIRMED, Set.of(BookingStatus.CONFIRMED),
            BookingStatus.SCHEDULED, Set.of(BookingStatus.SCHEDULED),
            BookingStatus.COMPLETED, Set.of(BookingStatus.CONFIRMED, BookingStatus.COMPLETED),
            BookingStatus.CANCELLED, Set.of(BookingStatus.CANCELLED),
            BookingStatus.NO_SHOW, Set.of(BookingStatus.CONFIRMED, BookingStatus.NO_SHOW),
            BookingStatus.PENDING, Set.of());

    @Inject
    TestClock clock;

    Shop shop;

    @BeforeEach
    void open() {
        clock.set(TestClock.MONDAY);
        shop = Shop.open("many", 40);
    }

    private io.restassured.response.ValidatableResponse move(String id, BookingStatus to) {
        return shop.post("/api/bookings/%s/%s".formatted(id, NOUNS.get(to)));
    }

    @Test
    void everyMoveOfTheTableIsPossibleAndNoOther() {
        for (BookingStatus from : BookingStatus.values()) {
            for (BookingStatus to : NOUNS.keySet()) {
                clock.set(TestClock.MONDAY);
                String id = shop.booked("2026-03-04", "10:00");
                clock.set(Instant.parse("2026-03-04T15:05:00Z"));
                Arrays.stream(BookingStatus.values())
                        .filter(WAYS.get(from)::contains)
                        .forEach(step -> move(id, step).statusCode(200));
                move(id, to).statusCode(from.canBecome(to) ? 200 : 409);
                shop.post("/api/bookings/%s/cancellation".formatted(id));
            }
        }
    }

    @Test
    void aChangeOfStateNeedsNoBodyAndNoContentType() {
        for (String noun : List.of("confirmation", "schedule", "cancellation")) {
            String id = shop.booked("2026-03-04", "10:00");
            given().header("X-Client-Id", "many")
                    .post("/api/bookings/%s/%s".formatted(id, noun))
                    .then()
                    .statusCode(200);
            shop.post("/api/bookings/%s/cancellation".formatted(id));
        }
    }

    @Test
    void nothingIsCompletedOrMissedBeforeItStarts() {
        String id = shop.booked("2026-03-04", "12:00");
        move(id, BookingStatus.CONFIRMED).statusCode(200);
        move(id, BookingStatus.COMPLETED).statusCode(409).body("type", endsWith("/not-started"));
        move(id, BookingStatus.NO_SHOW).statusCode(409);
        clock.set(Instant.parse("2026-03-04T17:00:00Z"));
        move(id, BookingStatus.COMPLETED).statusCode(200).body("status", equalTo("completed"));
    }

    @Test
    void aCustomerCancelsUntilTheCutOffAndStaffAfterIt() {
        shop.patch("/api/opening-hours/rules", Map.of("cancel_cutoff_minutes", 120))
                .statusCode(200);
        String id = shop.booked("2026-03-05", "10:00");
        clock.set(Instant.parse("2026-03-05T13:30:00Z"));
        String path = "/api/bookings/%s/cancellation".formatted(id);
        shop.post(path, Map.of("by", "customer")).statusCode(409).body("type", endsWith("/too-late"));
        shop.post(path, Map.of("by", "nobody")).statusCode(422);
        shop.post(path, Map.of("reason", "water damage")).statusCode(200);
        shop.patch("/api/opening-hours/rules", Map.of("cancel_cutoff_minutes", 0))
                .statusCode(200);
    }

    @Test
    void whatIsPaidIsTheAmountGivenOrTheQuote() {
        String id = shop.booked("2026-03-06", "10:00");
        String path = "/api/bookings/%s/payment".formatted(id);
        shop.post(path, Map.of("payment_status", "failed")).statusCode(200);
        shop.post(path, Map.of("payment_status", "paid")).statusCode(409);
        shop.post(path, Map.of("payment_status", "pending")).statusCode(200);
        shop.post(path, Map.of("payment_status", "pending", "payment_amount", 1))
                .statusCode(422);
        shop.post(path, Map.of("payment_status", "gift")).statusCode(422);
        shop.post(path, Map.of("payment_status", "paid"))
                .statusCode(200)
                .body("payment_status", equalTo("paid"))
                .body("payment_amount", equalTo(20.0f));
        shop.post(path, Map.of("payment_status", "failed")).statusCode(409);

        String other = shop.booked("2026-03-06", "10:00");
        shop.post("/api/bookings/%s/payment".formatted(other), Map.of("payment_status", "paid", "payment_amount", 17.5))
                .body("payment_amount", equalTo(17.5f));
    }

    @Test
    void staffCorrectWhatIsWrong() {
        Shop laundry = Shop.of("default");
        Map<String, Object> wanted = laundry.wanted("2026-03-07", "10:00");
        wanted.put("service_type", "regular");
        String id = laundry.book(wanted)
                .statusCode(201)
                .body("payment_amount", equalTo(23.0f))
                .extract()
                .path("id");
        laundry.patch(
                        "/api/bookings/" + id,
                        Map.of("number_of_loads", 4, "customer_phone", "415-555-0199", "notes", "gate code 7"))
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("payment_amount", equalTo(47.0f))
                .body("customer_phone", equalTo("+14155550199"))
                .body("notes", equalTo("gate code 7"));
        laundry.patch("/api/bookings/" + id, Map.of("status", "completed")).statusCode(422);
        laundry.patch("/api/bookings/" + id, Map.of("customer_name", "")).statusCode(422);
        laundry.patch("/api/bookings/" + id, Map.of("number_of_loads", 99)).statusCode(422);
        laundry.request()
                .contentType("text/plain")
                .body("x")
                .patch("/api/bookings/" + id)
                .then()
                .statusCode(415);
    }

    @Test
    void thePriceFollowsTheLoadsUntilItIsPaid() {
        Shop laundry = Shop.of("default");
        String id = laundry.book(laundry.pickup("2026-03-07", "11:00"))
                .statusCode(201)
                .extract()
                .path("id");
        String payment = "/api/bookings/%s/payment".formatted(id);
        laundry.post(payment, Map.of("payment_status", "failed")).statusCode(200);
        laundry.patch("/api/bookings/" + id, Map.of("number_of_loads", 4))
                .statusCode(200)
                .body("payment_amount", equalTo(47.0f));
        laundry.post(payment, Map.of("payment_status", "pending")).statusCode(200);
        laundry.post(payment, Map.of("payment_status", "paid")).statusCode(200);
        laundry.patch("/api/bookings/" + id, Map.of("number_of_loads", 5))
                .statusCode(200)
                .body("payment_amount", equalTo(47.0f));
    }

    @Test
    void theSameKeyConfirmsOnce() {
        String id = shop.booked("2026-03-06", "11:00");
        String key = Shop.key();
        for (int i = 0; i < 2; i++) {
            shop.request()
                    .header("Idempotency-Key", key)
                    .post("/api/bookings/%s/confirmation".formatted(id))
                    .then()
                    .statusCode(200)
                    .body("version", equalTo(2));
        }
    }

    @Test
    void whatNobodyClosedIsClosedAfterTheGrace() {
        Shop forgetful = Shop.open("berlin", 2);
        String id = forgetful.booked("2026-03-04", "10:00");
        String pending = forgetful.booked("2026-03-04", "10:00");
        forgetful.post("/api/bookings/%s/confirmation".formatted(id)).statusCode(200);
        clock.set(Instant.parse("2026-03-05T09:29:00Z"));
        forgetful.get("/api/bookings/" + id).body("status", equalTo("confirmed"));
        clock.set(Instant.parse("2026-03-05T09:31:00Z"));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> forgetful.get("/api/bookings/" + id).body("status", equalTo("no-show")));
        forgetful.get("/api/bookings/%s/history".formatted(id)).body("items[2].actor", equalTo("sweep"));
        forgetful.get("/api/bookings/" + pending).body("status", equalTo("pending"));
    }
}
