package dev.frontdesk.customer;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;

import dev.frontdesk.testing.Infrastructure;
import dev.frontdesk.testing.Issuer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(MovingIn.class)
@QuarkusTestResource(Infrastructure.class)
class MovingInIT {

    @ParameterizedTest
    @ValueSource(strings = {"/api/customers", "/api/faqs", "/api/system-prompts", "/api/faqs/unanswered"})
    void whateverTheRoleItMayRead(String path) {
        for (String role : List.of("viewer", "client_admin", "super_admin")) {
            as("default", role).get(path).then().statusCode(200);
        }
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

    /** EveryEndpointIT, in the same service, writes into a category of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"default", "acme"})
    void whoMovesInHasFiveFaqsAndTwoActivePrompts(String client) {
        String demo = "items.findAll { it.category != 'Names' }";
        List<String> faqs = as(client, "viewer")
                .get("/api/faqs")
                .then()
                .body(demo, hasSize(5))
                .body(demo + ".is_active", everyItem(equalTo(true)))
                .body(demo + ".display_order", contains(1, 2, 3, 4, 5))
                .extract()
                .path(demo + ".id");
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
        return given().header("Authorization", "Bearer " + Issuer.token(client, role));
    }
}
