package dev.frontdesk.customer;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;

import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(MovingIn.class)
@QuarkusTestResource(Infrastructure.class)
class RolesIT {

    private static final String SOME = UUID.randomUUID().toString();

    @ParameterizedTest
    @ValueSource(strings = {"/api/customers", "/api/faqs", "/api/system-prompts", "/api/faqs/unanswered"})
    void everybodyNeedsATokenAndAViewerMayRead(String path) {
        given().get(path).then().statusCode(401);
        given().header("Authorization", "Bearer x.y.z").get(path).then().statusCode(401);
        as("default", "nobody").get(path).then().statusCode(403);
        as("default", "viewer").get(path).then().statusCode(200);
        as("default", "client_admin").get(path).then().statusCode(200);
        as("default", "super_admin").get(path).then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/customers",
        "PATCH, /api/customers/{id}",
        "DELETE, /api/customers/{id}",
        "PUT, /api/customers/{id}/tags/vip",
        "DELETE, /api/customers/{id}/tags/vip",
        "POST, /api/customers/{id}/merge",
        "POST, /api/customers/{id}/erasure",
        "POST, /api/faqs",
        "POST, /api/faqs/order",
        "PATCH, /api/faqs/{id}",
        "DELETE, /api/faqs/{id}",
        "POST, /api/faqs/{id}/activation",
        "POST, /api/faqs/{id}/deactivation",
        "DELETE, /api/faqs/unanswered/{id}",
        "POST, /api/system-prompts",
        "POST, /api/system-prompts/{id}/activation",
        "POST, /api/system-prompts/{id}/rollback"
    })
    void aViewerChangesNothing(String method, String path) {
        as("default", "viewer")
                .contentType("application/json")
                .body("{}")
                .request(method, path.replace("{id}", SOME))
                .then()
                .statusCode(403)
                .contentType("application/problem+json");
    }

    @Test
    void theClientComesFromTheTokenAndNothingElse() {
        String id = as("default", "client_admin")
                .contentType("application/json")
                .header("X-Client-Id", "acme")
                .body(Map.of("name", "Ann", "phone", Feed.newPhone(), "client_id", "acme"))
                .post("/api/customers")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        as("default", "viewer").get("/api/customers/" + id).then().statusCode(200);
        as("acme", "client_admin").get("/api/customers/" + id).then().statusCode(404);
        as("acme", "client_admin")
                .header("X-Client-Id", "default")
                .get("/api/customers/" + id)
                .then()
                .statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "acme"})
    void whoMovesInHasFiveFaqsAndTwoActivePrompts(String client) {
        List<String> faqs = as(client, "viewer")
                .get("/api/faqs")
                .then()
                .body("items", hasSize(5))
                .body("items.is_active", everyItem(equalTo(true)))
                .body("items.display_order", contains(1, 2, 3, 4, 5))
                .extract()
                .path("items.id");
        assertThat(faqs).doesNotHaveDuplicates();
        as(client, "viewer")
                .queryParam("is_active", true)
                .get("/api/system-prompts")
                .then()
                .body("items.prompt_type", containsInAnyOrder("voice", "sms"))
                .body("items.prompt_version", everyItem(equalTo("v1.0.0")));
    }

    @ParameterizedTest
    @CsvSource({
        "default, How much is it?, Prices",
        "default, Are you open on Sunday, Hours",
        "default, I need to reschedule my pickup, Bookings",
        "acme, Was kostet das bei Ihnen, Preise",
        "acme, Haben Sie montags offen?, Zeiten"
    })
    void theDemoFaqsAnswerWhatPeopleAsk(String client, String question, String category) {
        as(client, "viewer")
                .queryParam("q", question)
                .get("/api/faqs/match")
                .then()
                .statusCode(200)
                .body("items[0].category", equalTo(category));
    }

    private static RequestSpecification as(String client, String role) {
        return given().header("Authorization", "Bearer " + MovingIn.token(client, role));
    }
}
