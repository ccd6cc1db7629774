package dev.frontdesk.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.frontdesk.events.CustomerEvent;
import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Infrastructure;
import dev.frontdesk.testing.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(Shops.class)
class ForgettingIT {

    @Inject
    TestClock clock;

    Shop shop;

    @BeforeEach
    void open() {
        clock.set(TestClock.MONDAY);
        shop = Shop.open("flow", 1);
    }

    @Test
    void aForgottenCustomersBookingsKeepTheirTimesAndPricesOnly() {
        Map<String, Object> wanted = new HashMap<>(shop.wanted("2026-05-04", "10:00"));
        wanted.put("customer_email", "ann@example.org");
        wanted.put("notes", "Ann likes tea");
        wanted.put("pickup_address", "1 Main St");
        String phone = wanted.get("customer_phone").toString();
        String key = Shop.key();
        String id = shop.request()
                .header("Idempotency-Key", key)
                .body(wanted)
                .post("/api/bookings")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        shop.post("/api/bookings/%s/cancellation".formatted(id), Map.of("reason", "Ann is ill"));

        CustomerEvent erased = new CustomerEvent.Erased(
                Instant.now(), UUID.randomUUID(), UUID.randomUUID(), phone, "erased-0123456789abcdef0123456789abcdef");
        Topic.publish("flow", erased);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> shop.get("/api/bookings/" + id)
                        .body("customer_name", equalTo("erased"))
                        .body("customer_phone", equalTo("erased-0123456789abcdef0123456789abcdef"))
                        .body("customer_email", nullValue())
                        .body("notes", nullValue())
                        .body("pickup_address", nullValue())
                        .body("cancel_reason", nullValue())
                        .body("payment_amount", equalTo(20.0f))
                        .body("scheduled_at", equalTo("2026-05-04T14:00:00Z")));
        shop.patch("/api/bookings/" + id, Map.of("title", "Spring cut"))
                .statusCode(200)
                .body("customer_phone", equalTo("erased-0123456789abcdef0123456789abcdef"));
        assertThat(Database.asSuperuser("booking")
                        .count("select count(*) from idempotency_keys where strpos(body::text, ?) > 0", phone))
                .isZero();
        assertThat(Database.asSuperuser("booking")
                        .count("select count(*) from booking_changes where reason = 'Ann is ill'"))
                .isZero();
    }
}
