package dev.frontdesk.customer.privacy;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import dev.frontdesk.customer.Feed;
import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(OtherServices.class)
class DataExportIT {

    @Test
    void everythingAboutOnePersonComesFromWhereItIsKept() {
        String phone = Feed.newPhone().replaceFirst("..$", "11");
        given().get("/api/customers/" + create(phone) + "/export")
                .then()
                .statusCode(200)
                .header("Content-Disposition", containsString("attachment"))
                .body("customer.phone", contains(phone))
                .body("bookings[0].client", equalTo("default"))
                .body("calls.id", contains("c1", "c2"))
                .body("calls.transcript", contains("Hello?", "Hello?"))
                .body("texts.message_body", contains("hi"));
    }

    @Test
    void anExportIsCompleteOrNone() {
        String phone = Feed.newPhone().replaceFirst("..$", "99");
        given().get("/api/customers/" + create(phone) + "/export")
                .then()
                .statusCode(503)
                .body("type", endsWith("/unavailable"));
    }

    private static String create(String phone) {
        return given().contentType("application/json")
                .body(Map.of("name", "Ann", "phone", phone))
                .post("/api/customers")
                .then()
                .extract()
                .path("id");
    }
}
