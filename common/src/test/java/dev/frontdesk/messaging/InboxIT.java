package dev.frontdesk.messaging;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.testing.CommonProfile;
import dev.frontdesk.testing.Infrastructure;
import dev.frontdesk.testing.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(CommonProfile.class)
@QuarkusTestResource(Infrastructure.class)
class InboxIT {

    private static final Topic BOOKINGS = Topic.named("frontdesk.bookings");
    private static final Topic DEAD = Topic.named("frontdesk.bookings.call-service.dlq");

    @Test
    void poisonGoesToTheDeadLetterTopicWithItsReasonAndTheRestFlows() {
        String key = UUID.randomUUID().toString();
        Map<String, String> good = headers("booking.confirmed.v1", "default");
        BOOKINGS.send(key, "{ not json", good);
        BOOKINGS.send(key, booking("Ann"), headers("booking.invented.v1", "default"));
        BOOKINGS.send(key, "{\"id\": 7, \"version\": \"x\"}", good);
        BOOKINGS.send(key, (String) null, good);
        BOOKINGS.send(key, booking("Ann"), headers("booking.confirmed.v1", "nobody"));
        BOOKINGS.send(key, booking("Ann"), Map.of("ce_type", "booking.confirmed.v1"));
        BOOKINGS.send(key, booking("rule-broken"), good);
        BOOKINGS.send(key, booking("x".repeat(1_000_000)), good);
        BOOKINGS.send(key, "{ not json" + "x".repeat(1_100_000), good);
        // Nearly all that the broker accepts; with its reason it is more.
        BOOKINGS.send(key, "{ not json" + "x".repeat(4_193_800), good);
        BOOKINGS.send(null, booking("Ann"), good);
        String marker = UUID.randomUUID().toString();
        BOOKINGS.send(key, booking(marker), good);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(names()).contains(marker));
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(DEAD.messages())
                        .extracting(dead -> dead.headers().get("dead-letter-reason"))
                        .anySatisfy(reason -> assertThat(reason).contains("not a booking.confirmed.v1"))
                        .anySatisfy(reason -> assertThat(reason).contains("unknown event type booking.invented.v1"))
                        .anySatisfy(reason -> assertThat(reason).contains("the value is missing"))
                        .anySatisfy(reason -> assertThat(reason).contains("the key is missing"))
                        .anySatisfy(reason -> assertThat(reason).contains("unknown client"))
                        .anySatisfy(reason -> assertThat(reason).contains("ce_clientid"))
                        .anySatisfy(reason -> assertThat(reason).contains("a rule is broken")));
        assertThat(DEAD.messages()).hasSize(10);
        given().get("/q/health/live").then().statusCode(200);
        given().get("/q/health/ready").then().statusCode(200);
    }

    @Test
    void anEventOutlivesAnOutageOfTheDatabase() {
        String name = UUID.randomUUID().toString();
        Probe.OUTAGES.set(4);
        BOOKINGS.send(UUID.randomUUID().toString(), booking(name), headers("booking.confirmed.v1", "acme"));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(names()).contains(name));
        assertThat(DEAD.messages())
                .noneMatch(dead -> dead.value() != null && dead.value().contains(name));
    }

    private static java.util.List<String> names() {
        return Probe.SEEN.stream()
                .map(it -> ((dev.frontdesk.events.BookingEvent) it.event())
                        .booking()
                        .customerName())
                .toList();
    }

    private static Map<String, String> headers(String type, String client) {
        Map<String, String> headers = new HashMap<>();
        headers.put("ce_type", type);
        headers.put("ce_clientid", client);
        headers.put("ce_id", UUID.randomUUID().toString());
        return headers;
    }

    private static String booking(String name) {
        try (InputStream golden = InboxIT.class.getResourceAsStream("/events/booking.confirmed.v1.json")) {
            return new String(golden.readAllBytes(), StandardCharsets.UTF_8).replace("Maria Lopez", name);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
