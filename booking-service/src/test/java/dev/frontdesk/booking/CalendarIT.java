package dev.frontdesk.booking;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.StringReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.Component;
import net.fortuna.ical4j.model.component.VEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(Shops.class)
class CalendarIT {

    @Inject
    TestClock clock;

    Shop shop;

    @BeforeEach
    void open() {
        clock.set(TestClock.MONDAY);
        shop = Shop.open("calendar", 1);
    }

    private static VEvent only(String text) throws Exception {
        Calendar calendar = new CalendarBuilder().build(new StringReader(text));
        calendar.validate();
        List<VEvent> events = calendar.getComponents(Component.VEVENT);
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    @Test
    void aBookingIsAnEventThatIsMovedAndTakenOutByItsUid() throws Exception {
        Map<String, Object> wanted = new HashMap<>(shop.wanted("2026-03-03", "10:00"));
        wanted.put(
                "customer_name",
                "Ünal; O'Neill, the one with a name so long that its line has to be folded twice\nor more");
        String id = shop.book(wanted).statusCode(201).extract().path("id");
        String path = "/api/bookings/%s/calendar.ics".formatted(id);
        String text = shop.get(path)
                .statusCode(200)
                .contentType("text/calendar")
                .extract()
                .asString();
        assertThat(text.lines())
                .allSatisfy(line -> assertThat(line.getBytes("UTF-8").length).isLessThanOrEqualTo(75));
        VEvent event = only(text);
        assertThat(event.getUid().getValue()).isEqualTo(id + "@frontdesk.dev");
        assertThat(event.getSummary().getValue())
                .isEqualTo(
                        "Cut: Ünal; O'Neill, the one with a name so long that its line has to be folded twice\nor more");
        assertThat(event.getStartDate().getValue()).isEqualTo("20260303T150000Z");
        assertThat(event.getEndDate().getValue()).isEqualTo("20260303T153000Z");
        assertThat(event.getSequence().getSequenceNo()).isZero();

        shop.post("/api/bookings/%s/cancellation".formatted(id)).statusCode(200);
        text = shop.get(path).extract().asString();
        assertThat(text).contains("METHOD:CANCEL");
        VEvent cancelled = only(text);
        assertThat(cancelled.getUid()).isEqualTo(event.getUid());
        assertThat(cancelled.getSequence().getSequenceNo()).isOne();
        assertThat(cancelled.getStatus().getValue()).isEqualTo("CANCELLED");
    }

    @Test
    void theFeedIsForWhoHasItsLink() throws Exception {
        String id = shop.booked("2026-03-04", "10:00");
        String path = shop.get("/api/opening-hours/rules").extract().path("calendar_path");
        String text = given().get(path)
                .then()
                .statusCode(200)
                .contentType("text/calendar")
                .extract()
                .asString();
        new CalendarBuilder().build(new StringReader(text)).validate();
        assertThat(text.replace("\r\n ", "")).contains("UID:" + id);
        given().get(path.replaceFirst("/[0-9a-f]+\\.ics", "/0000.ics")).then().statusCode(404);
        given().get(path.replace("/calendar/", "/acme/")).then().statusCode(404);
        given().get("/calendars/nobody/0000.ics").then().statusCode(404);
        shop.post("/api/opening-hours/rules/calendar-token").statusCode(200);
        given().get(path).then().statusCode(404);
    }

    @Test
    void aDayAndAWeekShowTheirBookingsInOrder() {
        String second = shop.booked("2026-03-11", "14:00");
        String first = shop.booked("2026-03-11", "09:00");
        String friday = shop.booked("2026-03-13", "09:00");
        shop.get("/api/bookings/calendar?date=2026-03-11")
                .statusCode(200)
                .body("days", hasSize(1))
                .body("days[0].items.id", contains(first, second));
        shop.get("/api/bookings/calendar?date=2026-03-11&view=week")
                .body("from", equalTo("2026-03-09"))
                .body("to", equalTo("2026-03-15"))
                .body("days", hasSize(7))
                .body("days[2].items.id", contains(first, second))
                .body("days[4].items.id", contains(friday));
        shop.get("/api/bookings/calendar?view=year").statusCode(400);
    }

    @Test
    void whatIsToComeComesSoonestFirstPageByPage() {
        String phone = "+14155558%03d".formatted((int) (Math.random() * 1000));
        List<String> ids = List.of("2026-03-20", "2026-03-21", "2026-03-22").stream()
                .map(day -> {
                    Map<String, Object> wanted = new HashMap<>(shop.wanted(day, "10:00"));
                    wanted.put("customer_phone", phone);
                    return shop.book(wanted)
                            .statusCode(201)
                            .<String>extract()
                            .path("id")
                            .toString();
                })
                .toList();
        String query = "/api/bookings/upcoming?limit=2&phone=" + phone.substring(1);
        String cursor = shop.get(query)
                .body("items.id", contains(ids.get(0), ids.get(1)))
                .extract()
                .path("next_cursor");
        shop.get(query + "&cursor=" + cursor).body("items.id", contains(ids.get(2)));

        String list = "/api/bookings?limit=2&phone=" + phone.substring(1);
        cursor = shop.get(list)
                .body("items.id", contains(ids.get(2), ids.get(1)))
                .extract()
                .path("next_cursor");
        shop.get(list + "&cursor=" + cursor).body("items.id", contains(ids.get(0)));
        shop.get("/api/bookings?cursor=nonsense").statusCode(400);
    }

    @Test
    void peopleAreFoundByNameNumberAndReference() {
        Map<String, Object> wanted = new HashMap<>(shop.wanted("2026-03-23", "10:00"));
        wanted.put("customer_name", "Zoë 100% Öztürk");
        String id = shop.book(wanted).statusCode(201).extract().path("id");
        String reference = shop.get("/api/bookings/" + id).extract().path("reference");
        for (String text : List.of(
                "öztürk",
                "100%",
                reference.toLowerCase(),
                wanted.get("customer_phone").toString().substring(2))) {
            shop.request()
                    .queryParam("q", text)
                    .get("/api/bookings")
                    .then()
                    .statusCode(200)
                    .body("items.id", hasItem(id));
        }
        for (String text : List.of("10_%", "nobody", "%")) {
            shop.request()
                    .queryParam("q", text)
                    .get("/api/bookings")
                    .then()
                    .statusCode(200)
                    .body("items.id", text.equals("%") ? hasItem(id) : not(hasItem(id)));
        }
    }

    @Test
    void theExportIsOneLineForEachAndSafeInASpreadsheet() {
        Map<String, Object> wanted = new HashMap<>(shop.wanted("2026-03-24", "10:00"));
        wanted.put("customer_name", "=cmd|' /C calc'!A0");
        shop.book(wanted).statusCode(201);
        String csv = shop.get("/api/bookings/export?from=2026-03-24&to=2026-03-24")
                .statusCode(200)
                .contentType("text/csv")
                .extract()
                .asString();
        assertThat(csv.lines()).hasSize(2);
        assertThat(csv).startsWith("reference,status,").contains("'=cmd|");
        shop.get("/api/bookings/export?colour=red").statusCode(400);
    }
}
