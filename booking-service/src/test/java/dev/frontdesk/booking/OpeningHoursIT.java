package dev.frontdesk.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The week, its closures and the rules of booking, and what becomes of them when many change them at once. */
@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(Shops.class)
class OpeningHoursIT {

    private static final int ROUNDS = 10;

    @Inject
    TestClock clock;

    Shop shop;

    @BeforeEach
    void open() {
        clock.set(TestClock.MONDAY);
        shop = Shop.open("stock", 2);
    }

    @Test
    void aClosureTakesItsTimesAway() {
        String id = shop.post(
                        "/api/opening-hours/closures",
                        Map.of("from_date", "2026-03-10", "to_date", "2026-03-11", "reason", "inventory"))
                .statusCode(201)
                .body("starts_at", equalTo("2026-03-10T04:00:00Z"))
                .body("ends_at", equalTo("2026-03-12T04:00:00Z"))
                .extract()
                .path("id");
        shop.book(shop.wanted("2026-03-10", "10:00")).statusCode(422).body("reason", equalTo("closed"));
        shop.get("/api/availability?service_type=cut&from=2026-03-10&to=2026-03-11")
                .body("items", hasSize(0));
        shop.get("/api/opening-hours/closures").body("items.reason", contains("inventory"));
        shop.request().delete("/api/opening-hours/closures/" + id).then().statusCode(204);
        shop.book(shop.wanted("2026-03-10", "10:00")).statusCode(201);
    }

    @Test
    void newRulesHoldAtOnce() {
        shop.patch("/api/opening-hours/rules", Map.of("lead_time_minutes", 2880))
                .statusCode(200);
        shop.book(shop.wanted("2026-03-03", "12:00")).statusCode(422).body("reason", equalTo("too-soon"));
        shop.patch("/api/opening-hours/rules", Map.of("lead_time_minutes", 0, "horizon_days", 30))
                .statusCode(200);
        shop.book(shop.wanted("2026-03-03", "12:00")).statusCode(201);
        shop.book(shop.wanted("2026-05-03", "12:00")).statusCode(422).body("reason", equalTo("beyond-horizon"));
        shop.patch("/api/opening-hours/rules", Map.of("lead_time_minutes", 60, "horizon_days", 120))
                .statusCode(200);
    }

    @Test
    void aCalendarLinkIsRenewedFromTheRulesThatWereRead() {
        String path = "/api/opening-hours/rules/calendar-token";
        String read = shop.get("/api/opening-hours/rules").extract().header("ETag");
        shop.request().header("If-Match", read).post(path).then().statusCode(200);
        shop.request().header("If-Match", read).post(path).then().statusCode(412);
    }

    @Test
    void rulesChangedByManyAtOnceKeepEveryChange() {
        Shop busy = Shop.open("busy", 1);
        for (int round = 1; round <= ROUNDS; round++) {
            Map<String, Integer> wanted = Map.of(
                    "lead_time_minutes", round,
                    "horizon_days", round,
                    "cancel_cutoff_minutes", round,
                    "no_show_grace_minutes", 15 + round);
            together(wanted.entrySet().stream()
                    .map(it -> () -> busy.patch(
                                    "/api/opening-hours/rules", "{\"%s\": %d}".formatted(it.getKey(), it.getValue()))
                            .statusCode(200)));
            JsonPath rules = busy.get("/api/opening-hours/rules").extract().jsonPath();
            wanted.forEach(
                    (name, value) -> assertThat(rules.getInt(name)).as(name).isEqualTo(value));
        }
    }

    @Test
    void ofManyWhoChangeTheSameRulesOneDoes() {
        Shop busy = Shop.open("busy", 1);
        for (int round = 0; round < ROUNDS; round++) {
            String read = busy.get("/api/opening-hours/rules").extract().header("ETag");
            Queue<Integer> answers = new ConcurrentLinkedQueue<>();
            together(IntStream.range(4 * round, 4 * round + 4)
                    .mapToObj(minutes -> () -> answers.add(busy.request()
                            .header("If-Match", read)
                            .body(Map.of("lead_time_minutes", minutes))
                            .patch("/api/opening-hours/rules")
                            .statusCode())));
            assertThat(answers).containsExactlyInAnyOrder(200, 412, 412, 412);
        }
    }

    @Test
    void ofManyWeeksWrittenAtOnceOneIsLeft() {
        Shop busy = Shop.open("busy", 1);
        for (int round = 0; round < ROUNDS; round++) {
            together(IntStream.range(8, 12).mapToObj(hour -> () -> busy.hours("%02d:00".formatted(hour), "20:00")));
            List<String> opens = busy.get("/api/opening-hours").extract().path("items.opens");
            assertThat(opens).hasSize(7).containsOnly(opens.get(0));
        }
    }

    private static void together(Stream<Runnable> requests) {
        requests.map(it -> CompletableFuture.runAsync(it, task -> new Thread(task).start()))
                .toList()
                .forEach(CompletableFuture::join);
    }

    @Test
    void aClosureIsOfThisAge() {
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("from_date", "-999999999-01-01", "to_date", "+999999999-12-31"),
                Map.of("from_date", 20_500, "to_date", 20_501),
                Map.of("starts_at", "2026-12-24T00:00:00Z", "ends_at", "+999999999-12-31T23:59:59Z"),
                Map.of("starts_at", "2026-12-24T00:00:00.0000001Z", "ends_at", "2026-12-24T00:00:00.0000002Z"),
                Map.of("from_date", "2026-12-24", "to_date", "2026-12-24", "reason", "a\0b"))) {
            shop.post("/api/opening-hours/closures", wrong).statusCode(422);
        }
    }
}
