package dev.frontdesk.analytics;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.frontdesk.events.DomainEvent;
import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
class AnalyticsIT {

    private static final Database ANALYTICS = Database.asSuperuser("analytics");

    @Test
    void withoutARangeTheLastThirtyDaysAreShownNewestFirst() {
        List<String> dates = get("daily").extract().path("items.date");
        assertThat(dates).hasSize(31).startsWith("2026-03-10", "2026-03-09").endsWith("2026-02-08");
    }

    @Test
    void aRangeWithoutAnEndGoesToToday() {
        get("daily?from=2026-03-09").body("items.date", contains("2026-03-10", "2026-03-09"));
        get("series?from=2026-03-09").body("items.date", contains("2026-03-09", "2026-03-10"));
        get("series?interval=hour&from=2026-03-09").body("items.size()", is(48));
        get("consistency?from=2026-03-09").body("to", is("2026-03-10"));
        get("daily?from=2026-03-11").body("items.date", contains("2026-03-11"));
    }

    @Test
    void aLimitCutsTheRangeIntoPages() {
        String range = "daily?from=2024-01-01&to=2024-01-05&limit=2";
        String cursor = get(range)
                .body("items.date", contains("2024-01-05", "2024-01-04"))
                .extract()
                .path("next_cursor");
        String second = get(range + "&cursor=" + cursor)
                .body("items.date", contains("2024-01-03", "2024-01-02"))
                .extract()
                .path("next_cursor");
        get(range + "&cursor=" + second)
                .body("items.date", contains("2024-01-01"))
                .body("next_cursor", nullValue());
    }

    @Test
    void aRangeThatMakesNoSenseIsRefused() {
        for (String query : List.of(
                "daily?from=2026-02-30",
                "daily?from=2026-02-02&to=2026-02-01",
                "daily?from=2024-01-01&to=2025-12-31",
                "daily?since=2024-01-01",
                "daily?limit=201",
                "series?interval=minute",
                "series?interval=hour&from=2026-01-01&to=2026-03-01",
                "breakdown",
                "breakdown?of=faxes",
                "breakdown?of=calls&by=service")) {
            given().get("/api/analytics/" + query).then().statusCode(400).contentType("application/problem+json");
        }
        given().contentType("application/json")
                .body("{\"from\": \"2026-01-01\"}")
                .post("/api/analytics/recompute")
                .then()
                .statusCode(422)
                .body("violations.field", contains("to"));
    }

    @Test
    void todayIsComparedWithYesterdayAndTheSameWeekday() {
        Instant today = TestClock.NOW;
        List<DomainEvent> events = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            events.add(Told.call(Told.someone()).on(today).ended("completed", null));
        }
        for (int i = 0; i < 4; i++) {
            events.add(Told.call(Told.someone())
                    .on(today.minus(Duration.ofDays(1)))
                    .ended("failed", null));
        }
        events.add(Told.text(Told.someone()).on(today).received());
        Wire.send("acme", events);
        Wire.settle();
        given().header("X-Client-Id", "acme")
                .get("/api/analytics/summary")
                .then()
                .statusCode(200)
                .body("time_zone", is("Europe/Berlin"))
                .body("currency", is("EUR"))
                .body("today.date", is("2026-03-10"))
                .body("today.total_calls", is(3))
                .body("yesterday.total_calls", is(4))
                .body("same_weekday.date", is("2026-03-03"))
                .body("same_weekday.total_calls", is(0))
                .body("since_yesterday.total_calls", is(-25.00f))
                .body("since_yesterday.total_sms", nullValue())
                .body("since_same_weekday.total_calls", nullValue());
    }

    @Test
    void chartsShowEveryHourAndEveryTrait() {
        Instant noon = Instant.parse("2025-04-01T16:20:00Z");
        Wire.send(
                "default",
                Told.call(Told.someone()).on(noon).billed("completed", "0.5"),
                Told.call(Told.someone()).on(noon.plusSeconds(3600)).ended("failed", "negative"),
                Told.booking(Told.someone()).on(noon).created());
        Wire.settle();
        String day = "from=2025-04-01&to=2025-04-01";
        get("series?interval=hour&" + day)
                .body("items.size()", is(24))
                .body("items[12].total_calls", is(1))
                .body("items[12].total_bookings", is(1))
                .body("items[12].total_cost", is(0.5f))
                .body("items[13].failed_calls", is(1))
                .body("items[14].total_calls", is(0));
        get("series?from=2025-03-31&to=2025-04-01")
                .body("items.date", contains("2025-03-31", "2025-04-01"))
                .body("items.total_calls", contains(0, 2));
        get("breakdown?of=calls&by=sentiment&" + day)
                .body("items.value", contains("negative", "positive"))
                .body("items.total", contains(1, 1));
        get("breakdown?of=bookings&by=source&interval=day&" + day)
                .body("items[0].date", is("2025-04-01"))
                .body("items[0].value", is("voice"));
        for (String list : List.of(
                "series?interval=hour&" + day,
                "series?from=2025-03-31&to=2025-04-01",
                "breakdown?of=calls&by=sentiment&" + day,
                "breakdown?of=calls&by=sentiment&interval=day&" + day)) {
            requirePages(list);
        }
    }

    /** The first item is one page, the others another. */
    private static void requirePages(String list) {
        List<Object> all = get(list).body("next_cursor", nullValue()).extract().path("items");
        String cursor = get(list + "&limit=1")
                .body("items", is(all.subList(0, 1)))
                .extract()
                .path("next_cursor");
        get(list + "&limit=200&cursor=" + cursor)
                .body("items", is(all.subList(1, all.size())))
                .body("next_cursor", nullValue());
    }

    @Test
    void theDaysCanBeTakenAwayAsCsv() {
        String csv = given().get("/api/analytics/daily.csv?from=2024-02-01&to=2024-02-02")
                .then()
                .statusCode(200)
                .contentType(containsString("text/csv"))
                .extract()
                .asString();
        assertThat(csv)
                .isEqualTo("date,total_calls,total_bookings,total_sms,total_cost,successful_calls,failed_calls,"
                        + "conversion_rate,success_rate\r\n"
                        + "2024-02-02,0,0,0,0.000000,0,0,0.00,\r\n"
                        + "2024-02-01,0,0,0,0.000000,0,0,0.00,\r\n");
    }

    @Test
    void recomputingPutsRightWhatSomebodyBroke() {
        Instant noon = Instant.parse("2025-02-10T17:00:00Z");
        String ann = Told.someone();
        Wire.send(
                "default",
                Told.call(ann).on(noon).billed("completed", "0.25"),
                Told.booking(ann).on(noon).paid("9.50"));
        Wire.settle();
        String right = get("daily?from=2025-02-10&to=2025-02-11").extract().asString();
        ANALYTICS.run("update analytics set total_calls = 7 where client_id = 'default' and date = '2025-02-10'");
        ANALYTICS.run("insert into analytics (client_id, date, total_sms) values ('default', '2025-02-11', 3)");
        ANALYTICS.run("delete from analytics_hours where client_id = 'default' and date = '2025-02-10'");
        ANALYTICS.run("update customer_counters set total_spent = 1000 where phone = ?", ann);
        get("consistency?from=2025-02-10&to=2025-02-11")
                .body("consistent", is(false))
                .body("differences.what", hasItem("day"))
                .body("differences.what", hasItem("hour 12"))
                .body("counters", hasItem(ann));

        recompute("2025-02-10", "2025-02-12").body("days", is(3)).body("changed", is(2));

        assertThat(get("daily?from=2025-02-10&to=2025-02-11").extract().asString())
                .isEqualTo(right);
        get("consistency?from=2025-02-10&to=2025-02-11")
                .body("differences.size()", is(0))
                .body("counters", not(hasItem(ann)));
        assertThat(ANALYTICS.value("select total_spent::text from customer_counters where phone = ?", ann))
                .isEqualTo("9.50");
        recompute("2025-02-10", "2025-02-12").body("changed", is(0));
    }

    @Test
    void recomputingWhileEventsArriveLosesNone() {
        Instant noon = Instant.parse("2025-03-15T16:00:00Z");
        for (int round = 0; round < 5; round++) {
            List<DomainEvent> events = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                Told.Call call = Told.call("+1917555%04d".formatted(i % 20)).on(noon.plusSeconds(i));
                events.addAll(List.of(call.started(), call.ended("completed", null), call.billed("completed", "0.01")));
            }
            Wire.send("default", events);
            recompute("2025-03-01", "2025-03-31");
        }
        Wire.settle();
        get("daily?from=2025-03-15&to=2025-03-15")
                .body("items[0].total_calls", is(1000))
                .body("items[0].total_cost", is(10.0f));
        recompute("2025-03-01", "2025-03-31").body("changed", is(0));
    }

    @Test
    void aRequestSentTwiceUnderOneKeyIsAnsweredOnce() {
        String key = UUID.randomUUID().toString();
        String first = again(key).statusCode(200).extract().asString();
        ANALYTICS.run(
                "insert into analytics (client_id, date, total_sms) values ('default', ?, 3)",
                LocalDate.parse("2023-01-02"));
        assertThat(again(key).statusCode(200).extract().asString()).isEqualTo(first);
    }

    @Test
    void aBookingNobodyMadeIsReported() {
        Instant noon = Instant.parse("2025-01-20T17:00:00Z");
        UUID nobodys = UUID.randomUUID();
        Told.Booking real = Told.booking(Told.someone()).on(noon);
        Told.Call orphan = Told.call(Told.someone()).on(noon).about(nobodys);
        Told.Call fine = Told.call(Told.someone()).on(noon).about(real.id());
        Wire.send("default", real.created(), orphan.started(), fine.started());
        Wire.settle();
        get("consistency?from=2025-01-20&to=2025-01-20")
                .body("orphans.id", contains(orphan.id().toString()))
                .body("orphans.booking_id", contains(nobodys.toString()));
    }

    private static ValidatableResponse again(String key) {
        return given().header("Idempotency-Key", key)
                .contentType("application/json")
                .body("{\"from\": \"2023-01-01\", \"to\": \"2023-01-03\"}")
                .post("/api/analytics/recompute")
                .then();
    }

    private static ValidatableResponse recompute(String from, String to) {
        return given().contentType("application/json")
                .body("{\"from\": \"%s\", \"to\": \"%s\"}".formatted(from, to))
                .post("/api/analytics/recompute")
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse get(String path) {
        return given().get("/api/analytics/" + path).then().statusCode(200);
    }
}
