package dev.frontdesk.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.frontdesk.testing.Infrastructure;
import dev.frontdesk.testing.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(Shops.class)
class BookingsIT {

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

    private Map<String, Object> pickup(String date, String time) {
        Map<String, Object> wanted = new HashMap<>(laundry.wanted(date, time));
        wanted.put("service_type", "regular");
        wanted.put("number_of_loads", 3);
        wanted.put("customer_phone", "(415) 555-0123");
        wanted.put("pickup_address", "1 Main St");
        return wanted;
    }

    @Test
    void aNewBookingHasEveryColumnOfTheSeedAndOurs() {
        laundry.book(pickup("2026-03-03", "9:30 am"))
                .statusCode(201)
                .header("Location", containsString("/api/bookings/"))
                .header("ETag", "\"1\"")
                .body("customer_name", equalTo("Ann Lee"))
                .body("customer_phone", equalTo("+14155550123"))
                .body("appointment_date", equalTo("2026-03-03"))
                .body("appointment_time", equalTo("09:30 AM"))
                .body("scheduled_at", equalTo("2026-03-03T14:30:00Z"))
                .body("time_zone", equalTo("America/New_York"))
                .body("status", equalTo("pending"))
                .body("source", equalTo("manual"))
                .body("duration_minutes", equalTo(30))
                .body("number_of_loads", equalTo(3))
                .body("payment_amount", equalTo(39.0f))
                .body("payment_currency", equalTo("USD"))
                .body("payment_status", equalTo("pending"))
                .body("reminder_sent", equalTo(false))
                .body("confirmation_sent", equalTo(false))
                .body("reference", matchesPattern("[2-9A-HJKMNP-Z]{6}"))
                .body("resource_id", notNullValue())
                .body("version", equalTo(1))
                .body(
                        "keySet()",
                        hasItems("title", "notes", "customer_email", "created_at", "updated_at", "cancel_reason"));
    }

    @Test
    void moneyKeepsItsScale() {
        assertThat(laundry.book(pickup("2026-03-03", "10:30")).extract().asString())
                .contains("\"payment_amount\":39.00");
    }

    @Test
    void whatWasCreatedIsReadAndListed() {
        Response made = laundry.book(pickup("2026-03-04", "11:00"))
                .statusCode(201)
                .extract()
                .response();
        String id = made.path("id");
        assertThat(laundry.get("/api/bookings/" + id)
                        .statusCode(200)
                        .header("ETag", "\"1\"")
                        .extract()
                        .asString())
                .isEqualTo(made.asString());
        laundry.get("/api/bookings?reference=" + made.path("reference"))
                .statusCode(200)
                .body("items.id", contains(id))
                .body("next_cursor", nullValue());
        laundry.get("/api/bookings?phone=4155550123&status=pending&from=2026-03-04&to=2026-03-04&service_type=regular")
                .body("items.id", hasItem(id));
        laundry.get("/api/bookings?from=2026-03-05").body("items.id", not(hasItem(id)));
        laundry.get("/api/bookings?colour=red").statusCode(400);
        laundry.get("/api/bookings?limit=201").statusCode(400);
        laundry.get("/api/bookings/no-uuid").statusCode(404);
        laundry.get("/api/bookings/" + UUID.randomUUID()).statusCode(404);
    }

    @Test
    void everyChangeIsPublishedInOrderWithASnapshot() {
        String id = laundry.book(pickup("2026-03-05", "11:00")).extract().path("id");
        laundry.post("/api/bookings/%s/confirmation".formatted(id))
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("status", equalTo("confirmed"));
        laundry.post("/api/bookings/%s/cancellation".formatted(id), Map.of("reason", "ill"))
                .statusCode(200)
                .body("status", equalTo("cancelled"))
                .body("cancel_reason", equalTo("ill"))
                .body("version", equalTo(3));

        await().untilAsserted(() -> {
            List<Topic.Message> messages = Topic.named("frontdesk.bookings").messages(id);
            assertThat(messages)
                    .extracting(it -> it.headers().get("ce_type"))
                    .containsExactly("booking.created.v1", "booking.confirmed.v1", "booking.cancelled.v1");
            assertThat(messages).allSatisfy(it -> assertThat(it.headers()).containsEntry("ce_clientid", "default"));
            assertThat(messages.get(0).value())
                    .contains("\"resource_id\": \"")
                    .contains("\"payment_amount\": 39.00")
                    .contains("\"time_version\": 1")
                    .contains("\"appointment_time\": \"11:00 AM\"");
            assertThat(messages.get(2).value()).contains("\"cancel_reason\": \"ill\"");
        });
        laundry.get("/api/bookings/%s/history".formatted(id))
                .body("items.change", contains("created", "confirmed", "cancelled"))
                .body("items[2].reason", equalTo("ill"))
                .body("items[2].actor", equalTo("local"));
    }

    @Test
    void anUnknownServiceIsRefusedNamingTheOnesThereAre() {
        Map<String, Object> wanted = pickup("2026-03-05", "11:00");
        wanted.put("service_type", "dry-cleaning");
        laundry.book(wanted)
                .statusCode(422)
                .contentType("application/problem+json")
                .body("violations[0].field", equalTo("service_type"))
                .body("violations[0].message", containsString("regular, express, premium"));
    }

    @Test
    void thePriceIsNeverTheCallers() {
        Map<String, Object> wanted = pickup("2026-03-05", "11:00");
        wanted.put("payment_amount", 1);
        laundry.book(wanted).statusCode(422).body("violations.field", contains("payment_amount"));
        wanted.remove("payment_amount");
        wanted.put("number_of_loads", 21);
        laundry.book(wanted).statusCode(422).body("violations.field", contains("number_of_loads"));
    }

    @Test
    void badFieldsAreNamed() {
        laundry.book(Map.of("service_type", "regular", "scheduled_at", "2026-03-05T15:00:00Z"))
                .statusCode(422)
                .body("violations.field", org.hamcrest.Matchers.containsInAnyOrder("customer_name", "customer_phone"));
        Map<String, Object> wanted = pickup("2026-03-05", "25:00");
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
        laundry.book(pickup(date, time))
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
    void theSameKeyAndBodyGetTheFirstAnswerWhateverHappenedSince() {
        Map<String, Object> wanted = shop.wanted("2026-03-05", "10:00 AM");
        String key = Shop.key();
        Response first = keyed(key, wanted);
        assertThat(first.statusCode()).isEqualTo(201);
        shop.post("/api/bookings/%s/confirmation".formatted((String) first.path("id")));

        Response again = keyed(key, wanted);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.asString()).isEqualTo(first.asString());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));

        clock.set(Instant.parse("2026-03-06T14:00:00Z"));
        assertThat(keyed(key, wanted).asString()).isEqualTo(first.asString());

        wanted.put("notes", "another");
        assertThat(keyed(key, wanted).statusCode()).isEqualTo(422);
        shop.get("/api/bookings?phone="
                        + wanted.get("customer_phone").toString().substring(1))
                .body("items", hasSize(1));
    }

    private Response keyed(String key, Map<String, Object> wanted) {
        return shop.request().header("Idempotency-Key", key).body(wanted).post("/api/bookings");
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

    @Test
    void acmeSeesNothingOfDefault() {
        String id = laundry.book(pickup("2026-03-06", "12:00")).extract().path("id");
        Shop acme = Shop.of("acme");
        acme.get("/api/bookings/" + id).statusCode(404);
        acme.post("/api/bookings/%s/confirmation".formatted(id)).statusCode(404);
        acme.get("/api/bookings?limit=200").body("items.id", not(hasItem(id)));
        acme.get("/api/services").body("items.code", contains("haircut"));
        acme.get("/api/resources").body("items.code", contains("chair-1"));
        acme.get("/api/opening-hours").body("items", hasSize(5));
        Shop.of("nobody").get("/api/bookings").statusCode(404);
    }

    @Test
    void acmeCutsHairInBerlin() {
        Shop acme = Shop.of("acme");
        Map<String, Object> wanted = acme.wanted("2026-03-03", "10:00");
        wanted.put("service_type", "haircut");
        wanted.put("customer_phone", "030 1234567");
        acme.book(wanted)
                .statusCode(201)
                .body("customer_phone", equalTo("+49301234567"))
                .body("scheduled_at", equalTo("2026-03-03T09:00:00Z"))
                .body("payment_amount", equalTo(35.0f))
                .body("payment_currency", equalTo("EUR"))
                .body("duration_minutes", equalTo(45));
    }
}
