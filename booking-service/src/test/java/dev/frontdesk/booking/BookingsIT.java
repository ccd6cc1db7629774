package dev.frontdesk.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bookings as they are made, read, changed and told. */
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

    @Test
    void aNewBookingHasEveryColumnOfTheSeedAndOurs() {
        laundry.book(laundry.pickup("2026-03-03", "9:30 am"))
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
        assertThat(laundry.book(laundry.pickup("2026-03-03", "10:30")).extract().asString())
                .contains("\"payment_amount\":39.00");
    }

    @Test
    void whatWasCreatedIsReadAndListed() {
        Response made = laundry.book(laundry.pickup("2026-03-04", "11:00"))
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
        String id =
                laundry.book(laundry.pickup("2026-03-05", "11:00")).extract().path("id");
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
    void acmeSeesNothingOfDefault() {
        String id =
                laundry.book(laundry.pickup("2026-03-06", "12:00")).extract().path("id");
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
