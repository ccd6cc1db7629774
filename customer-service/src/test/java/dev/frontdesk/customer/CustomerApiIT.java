package dev.frontdesk.customer;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Infrastructure;
import dev.frontdesk.testing.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
class CustomerApiIT {

    private final String phone = Feed.newPhone();

    @Test
    void aCustomerIsCreatedReadEditedTaggedAndDeleted() {
        String id = create("Ann Lee", phone)
                .statusCode(201)
                .header("ETag", "\"1\"")
                .body("phone", equalTo(phone))
                .body("total_bookings", equalTo(0))
                .body("tags", hasSize(0))
                .extract()
                .path("id");
        String path = "/api/customers/" + id;
        given().get(path).then().statusCode(200).header("ETag", "\"1\"").body("name", equalTo("Ann Lee"));
        patch(
                        path,
                        "{\"notes\": \"has a dog\", \"tags\": [\" VIP\", \"vip\", \"New  York\"], \"email\": \"ann@example.com\"}")
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("notes", equalTo("has a dog"))
                .body("name", equalTo("Ann Lee"))
                .body("tags", contains("vip", "new york"));
        patch(path, "{\"email\": null}").statusCode(200).body("email", equalTo(null));
        given().put(path + "/tags/Weekly").then().statusCode(200).body("tags", contains("vip", "new york", "weekly"));
        given().delete(path + "/tags/vip").then().statusCode(200).body("tags", contains("new york", "weekly"));
        given().queryParam("tag", "WEEKLY")
                .queryParam("phone", phone)
                .get("/api/customers")
                .then()
                .body("items.id", contains(id));
        await().untilAsserted(() ->
                assertThat(Topic.named("frontdesk.customers").messages(id)).hasSize(5));
        given().delete(path).then().statusCode(204);
        given().get(path).then().statusCode(404);
        // Nobody is erased: a booking that we have not heard of stays as it is.
        await().untilAsserted(() -> assertThat(
                        Topic.named("frontdesk.customers").messages(id))
                .hasSize(6)
                .last()
                .satisfies(last -> {
                    assertThat(last.headers()).containsEntry("ce_type", "customer.updated.v1");
                    assertThat(last.value())
                            .contains("\"name\": \"\"", "\"phone\": null")
                            .doesNotContain(phone);
                }));
    }

    @Test
    void whoHasBeenCountedIsNotDeleted() {
        String path = "/api/customers/" + create("Ann", phone).extract().path("id");
        Topic.publish("default", Feed.counters(phone, 1, 1, 0, Instant.now(), "0.00"));
        await().untilAsserted(() -> given().get(path).then().body("total_bookings", equalTo(1)));
        given().delete(path).then().statusCode(409).body("type", endsWith("/has-history"));
    }

    @Test
    void whatBreaksARuleIsRefused() {
        create("", phone).statusCode(422).body("violations.field", contains("name"));
        create("Ann", "12").statusCode(422).body("violations.field", contains("phone"));
        String id = create("Ann", phone).statusCode(201).extract().path("id");
        create("Other", "tel:" + phone)
                .statusCode(409)
                .body("type", endsWith("/phone-taken"))
                .body("customer_id", equalTo(id));
        patch("/api/customers/" + id, "{\"phone\": \"+12125550100\"}").statusCode(422);
        patch("/api/customers/" + id, "{\"email\": \"no\"}").statusCode(422);
        json().header("If-Match", "\"9\"")
                .body("{\"notes\": \"x\"}")
                .patch("/api/customers/" + id)
                .then()
                .statusCode(412);
        given().get("/api/customers/" + UUID.randomUUID()).then().statusCode(404);
        given().get("/api/customers/no-uuid").then().statusCode(404);
        given().queryParam("colour", "red").get("/api/customers").then().statusCode(400);
        given().queryParam("phone", "xyz").get("/api/customers").then().statusCode(400);
        given().queryParam("limit", 201).get("/api/customers").then().statusCode(400);
    }

    @Test
    void theSameIdempotencyKeyIsOneCustomer() {
        String key = UUID.randomUUID().toString();
        String body = "{\"name\": \"Ann\", \"phone\": \"" + phone + "\"}";
        String first = json().header("Idempotency-Key", key)
                .body(body)
                .post("/api/customers")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        json().header("Idempotency-Key", key)
                .body(body)
                .post("/api/customers")
                .then()
                .statusCode(201)
                .header("Location", endsWith("/api/customers/" + first))
                .body("id", equalTo(first));
    }

    @Test
    void searchFindsPartsOfNameNumberAndMailAndPagesNewestFirst() {
        String word = "q" + UUID.randomUUID().toString().substring(0, 7);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(
                    0,
                    create("Ann " + word + " No" + i, Feed.newPhone()).extract().path("id"));
        }
        assertThat(search(word.substring(2).toUpperCase())).isEqualTo(ids);
        assertThat(search(word + " no3")).containsExactly(ids.get(1));
        assertThat(search("nobody " + word)).isEmpty();
        String cursor = null;
        List<String> paged = new ArrayList<>();
        do {
            var page = given().queryParams(cursor == null ? Map.of() : Map.of("cursor", cursor))
                    .queryParam("limit", 2)
                    .queryParam("q", word)
                    .get("/api/customers")
                    .then()
                    .statusCode(200)
                    .extract();
            paged.addAll(page.<List<String>>path("items.id"));
            cursor = page.path("next_cursor");
        } while (cursor != null);
        assertThat(paged).isEqualTo(ids);
        create("Zoe", phone);
        assertThat(search(phone.substring(1, 4) + "-" + phone.substring(4))).isNotEmpty();
        assertThat(search(phone.substring(6))).isNotEmpty();
        given().header("X-Client-Id", "acme")
                .queryParam("q", word)
                .get("/api/customers")
                .then()
                .body("items", hasSize(0));
    }

    @Test
    void aMergedDuplicateRedirectsAndItsNumberBelongsToTheOther() {
        String other = Feed.newPhone();
        Instant at = Instant.parse("2026-03-02T15:00:00Z");
        UUID call = UUID.randomUUID();
        UUID booking = UUID.randomUUID();
        Topic.publish("default", Feed.call(call, 1, phone, "ann", at));
        Topic.publish("default", Feed.booking(booking, 1, other, "Ann Lee", at.plusSeconds(60)));
        Topic.publish("default", Feed.counters(phone, 1, 0, 1, at, "0.00"));
        Topic.publish("default", Feed.counters(other, 1, 1, 0, at.plusSeconds(60), "31.00"));
        String duplicate = idOf(phone);
        String survivor = idOf(other);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> given().get("/api/customers/" + survivor).then().body("total_spent", equalTo(31.00f)));
        await().untilAsserted(
                        () -> given().get("/api/customers/" + duplicate).then().body("total_calls", equalTo(1)));

        json().header("If-Match", "\"9\"")
                .body(Map.of("into", survivor))
                .post("/api/customers/" + duplicate + "/merge")
                .then()
                .statusCode(412);
        json().body(Map.of("into", survivor))
                .post("/api/customers/" + duplicate + "/merge")
                .then()
                .statusCode(200)
                .body("id", equalTo(survivor))
                .body("total_calls", equalTo(1))
                .body("total_bookings", equalTo(1));
        given().redirects()
                .follow(false)
                .get("/api/customers/" + duplicate)
                .then()
                .statusCode(308)
                .header("Location", endsWith("/api/customers/" + survivor));
        given().get("/api/customers/" + duplicate + "/history")
                .then()
                .statusCode(200)
                .body("id", equalTo(survivor))
                .body("timeline.id", contains(booking.toString(), call.toString()));
        given().queryParam("phone", phone).get("/api/customers").then().body("items.id", contains(survivor));
        Topic.publish("default", Feed.counters(phone, 2, 0, 4, at, "0.00"));
        await().untilAsserted(
                        () -> given().get("/api/customers/" + survivor).then().body("total_calls", equalTo(4)));
        json().body(Map.of("into", duplicate))
                .post("/api/customers/" + survivor + "/merge")
                .then()
                .statusCode(409);
        given().delete("/api/customers/" + survivor).then().statusCode(409).body("type", endsWith("/has-history"));
    }

    @Test
    void noOtherClientSeesOrChangesACustomer() {
        String id = create("Ann", phone).extract().path("id");
        String path = "/api/customers/" + id;
        RequestSpecification acme = json().header("X-Client-Id", "acme");
        acme.get(path).then().statusCode(404);
        acme.body("{\"notes\": \"mine\"}").patch(path).then().statusCode(404);
        acme.delete(path).then().statusCode(404);
        acme.get("/api/customers").then().body("items.id", not(contains(id)));
        given().header("X-Client-Id", "nobody").get("/api/customers").then().statusCode(404);
        Database app = Database.asApp("customer");
        assertThat(app.count("select count(*) from customers")).isZero();
        assertThat(app.client("acme").count("select count(*) from customers where phone = ?", phone))
                .isZero();
        assertThat(app.client("default").count("select count(*) from customers where phone = ?", phone))
                .isEqualTo(1);
    }

    private static List<String> search(String q) {
        return given().queryParam("q", q)
                .get("/api/customers")
                .then()
                .statusCode(200)
                .extract()
                .path("items.id");
    }

    private static String idOf(String phone) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> given().queryParam("phone", phone)
                                .get("/api/customers")
                                .then()
                                .extract()
                                .<String>path("items[0]?.id"),
                        id -> id != null);
    }

    private static ValidatableResponse create(String name, String phone) {
        return json().body(Map.of("name", name, "phone", phone))
                .post("/api/customers")
                .then();
    }

    private static ValidatableResponse patch(String path, String body) {
        return json().body(body).patch(path).then();
    }

    private static RequestSpecification json() {
        return given().contentType("application/json");
    }
}
