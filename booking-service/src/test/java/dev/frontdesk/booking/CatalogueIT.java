package dev.frontdesk.booking;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(Shops.class)
class CatalogueIT {

    @Inject
    TestClock clock;

    Shop shop;

    @BeforeEach
    void open() {
        clock.set(TestClock.MONDAY);
        shop = Shop.open("stock", 2);
    }

    @Test
    void theLocalPlatformSellsLaundryAndHaircuts() {
        Shop.of("default")
                .get("/api/services")
                .statusCode(200)
                .body("items.code", contains("regular", "express", "premium"))
                .body("items.base_price", contains(15.0f, 20.0f, 30.0f))
                .body("items.price_per_unit", contains(8.0f, 12.0f, 18.0f))
                .body("items.max_units", contains(20, 20, 20))
                .body("items.duration_minutes", contains(30, 30, 30))
                .body("items[0].currency", equalTo("USD"));
        Shop.of("default").get("/api/resources").body("items.code", contains("van-1", "van-2"));
        Shop.of("default")
                .get("/api/opening-hours")
                .body("items.weekday", contains("monday", "tuesday", "wednesday", "thursday", "friday", "saturday"))
                .body("items[0].opens", equalTo("08:00"))
                .body("items[0].closes", equalTo("20:00"));
        Shop.of("default")
                .get("/api/opening-hours/rules")
                .body("lead_time_minutes", equalTo(60))
                .body("horizon_days", equalTo(120))
                .body("reminders", contains("PT24H", "PT2H"));
    }

    @Test
    void aServiceIsAddedChangedAndTakenOut() {
        String code = "s" + UUID.randomUUID();
        Map<String, Object> perm =
                new HashMap<>(Map.of("code", code, "name", "Perm", "duration_minutes", 90, "base_price", 80));
        String id = shop.post("/api/services", perm)
                .statusCode(201)
                .header("Location", containsString("/api/services/"))
                .body("currency", equalTo("USD"))
                .body("active", equalTo(true))
                .extract()
                .path("id");
        shop.post("/api/services", perm).statusCode(409);
        shop.patch("/api/services/" + id, Map.of("base_price", 85.5, "active", false))
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("base_price", equalTo(85.5f))
                .body("name", equalTo("Perm"));
        Map<String, Object> wanted = shop.wanted("2026-03-03", "10:00");
        wanted.put("service_type", code);
        shop.book(wanted).statusCode(422);
        shop.patch("/api/services/" + id, Map.of("active", true)).statusCode(200);
        shop.book(wanted).statusCode(201).body("payment_amount", equalTo(85.5f)).body("duration_minutes", equalTo(90));
        shop.request()
                .header("If-Match", "\"1\"")
                .contentType("application/json")
                .body("{}")
                .patch("/api/services/" + id)
                .then()
                .statusCode(412);
        deleted("/api/services/" + id, "\"1\"").statusCode(412);
        String present = shop.get("/api/services/" + id).extract().header("ETag");
        deleted("/api/services/" + id, present).statusCode(204);
        deleted("/api/services/" + id, present).statusCode(404);
        shop.get("/api/services/" + id).statusCode(404);
    }

    private ValidatableResponse deleted(String path, String ifMatch) {
        return shop.request().header("If-Match", ifMatch).delete(path).then();
    }

    @Test
    void nonsenseIsRefused() {
        shop.post("/api/services", Map.of("code", "No Good", "name", "", "duration_minutes", 1, "base_price", -1))
                .statusCode(422)
                .body("violations", hasSize(4));
        shop.post("/api/resources", Map.of("name", "x")).statusCode(422);
        shop.request()
                .body(Map.of("items", List.of(Map.of("weekday", "someday", "opens", "8", "closes", "20:00"))))
                .put("/api/opening-hours")
                .then()
                .statusCode(422);
        shop.request()
                .body(Map.of(
                        "items",
                        List.of(
                                Map.of("weekday", "monday", "opens", "08:00", "closes", "12:00"),
                                Map.of("weekday", "monday", "opens", "11:00", "closes", "14:00"))))
                .put("/api/opening-hours")
                .then()
                .statusCode(422);
        shop.post("/api/opening-hours/closures", Map.of("starts_at", "2026-03-05T10:00:00Z"))
                .statusCode(422);
        shop.patch("/api/opening-hours/rules", Map.of("lead_time_minutes", -1)).statusCode(422);
        shop.patch("/api/opening-hours/rules", Map.of("reminders", List.of("soon")))
                .statusCode(422);
        shop.patch("/api/opening-hours/rules", Map.of("reminders", List.of("PT1S")))
                .statusCode(422);
    }

    @Test
    void aResourceThatWasBookedStaysAndOneThatWasNotGoes() {
        String id = shop.post(
                        "/api/resources", Map.of("code", "c" + UUID.randomUUID(), "name", "Spare", "display_order", -1))
                .statusCode(201)
                .extract()
                .path("id");
        String booking = shop.book(shop.wanted("2026-03-04", "08:00"))
                .statusCode(201)
                .body("resource_id", equalTo(id))
                .extract()
                .path("id");
        shop.request().delete("/api/resources/" + id).then().statusCode(409);
        shop.patch("/api/resources/" + id, Map.of("active", false)).statusCode(200);
        shop.book(shop.wanted("2026-03-04", "09:00")).statusCode(201).body("resource_id", not(equalTo(id)));
        shop.get("/api/bookings/" + booking).statusCode(200);
        String unused = shop.post(
                        "/api/resources", Map.of("code", "d" + UUID.randomUUID(), "name", "Spare", "active", false))
                .extract()
                .path("id");
        deleted("/api/resources/" + unused, "\"7\"").statusCode(412);
        deleted("/api/resources/" + unused, "\"1\"").statusCode(204);
        deleted("/api/resources/" + unused, "*").statusCode(404);
    }

    @Test
    void availabilityIsAskedForWithinReason() {
        shop.get("/api/availability?service_type=cut&from=2026-03-03&to=2026-03-03")
                .statusCode(200)
                .body(
                        "items[0].keySet()",
                        org.hamcrest.Matchers.containsInAnyOrder(
                                "slot_id", "starts_at", "ends_at", "appointment_date", "appointment_time"))
                .body("items[0].appointment_date", equalTo("2026-03-03"));
        shop.get("/api/availability?service_type=cut&from=2026-03-03&to=2026-04-03")
                .statusCode(400);
        shop.get("/api/availability?service_type=cut&from=2026-03-03&to=2026-04-02")
                .statusCode(200);
        shop.get("/api/availability?from=2026-03-03").statusCode(400);
        shop.get("/api/availability?service_type=cut&from=yesterday").statusCode(400);
        shop.get("/api/availability?service_type=wash").statusCode(422);
        shop.get("/api/availability?service_type=cut&from=2026-02-01&to=2026-02-02")
                .body("items", hasSize(0));
    }

    @Test
    void shortListsAreListsLikeAllOthers() {
        for (String path : List.of(
                "/api/services",
                "/api/resources",
                "/api/opening-hours",
                "/api/opening-hours/closures",
                "/api/availability?service_type=cut")) {
            String more = path + (path.contains("?") ? "&" : "?");
            for (String wrong : List.of("limit=201", "limit=0", "limit=x", "colour=red", "cursor=x")) {
                shop.get(more + wrong).statusCode(400);
            }
        }
        for (String path : List.of("/api/opening-hours", "/api/resources", "/api/availability?service_type=cut")) {
            List<Object> all = shop.get(path).extract().path("items");
            String more = path + (path.contains("?") ? "&" : "?");
            String cursor = shop.get(more + "limit=1")
                    .body("items", hasSize(1))
                    .extract()
                    .path("next_cursor");
            shop.get(more + "cursor=" + cursor)
                    .statusCode(200)
                    .body("items", equalTo(all.subList(1, all.size())))
                    .body("next_cursor", equalTo(null));
        }
    }
}
