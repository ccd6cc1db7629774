package dev.frontdesk.sms;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import dev.frontdesk.testing.Database;
import io.restassured.response.ValidatableResponse;
import java.util.Map;

/** The people of client {@code default} who write texts, and what they find out about them. */
final class Staff {

    private static final Database SMS = Database.asSuperuser("sms");

    private Staff() {}

    /** Answers the id of the text. */
    static String write(String phone, String body) {
        return post(Map.of("phone_number", phone, "message_body", body))
                .statusCode(201)
                .body("status", equalTo("queued"))
                .extract()
                .path("id");
    }

    static ValidatableResponse post(Map<String, ?> text) {
        return given().contentType("application/json")
                .body(text)
                .post("/api/sms/messages")
                .then();
    }

    static ValidatableResponse get(String id) {
        return given().get("/api/sms/messages/" + id).then().statusCode(200);
    }

    static void isRefused(String phone) {
        post(Map.of("phone_number", phone, "message_body", "no"))
                .statusCode(409)
                .body("type", endsWith("/opted-out"));
    }

    static String status(String id) {
        return SMS.value("select status from sms_messages where id = ?::uuid", id)
                .toString();
    }
}
