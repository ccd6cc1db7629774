package dev.frontdesk.sms;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reading writes nothing: what another transaction changes at the same moment stays changed. */
@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(TwilioServer.class)
class ReadingIT {

    private static final Database SMS = Database.asSuperuser("sms");

    @BeforeAll
    static void patience() {
        org.awaitility.Awaitility.setDefaultTimeout(Duration.ofSeconds(20));
    }

    @Test
    void textsStayAsTheyAre() {
        String phone = Twilio.phone();
        String id = Staff.write(phone, "one");
        Twilio.DEFAULT.text(phone, "two", Twilio.sid()).then().statusCode(200);
        await().untilAsserted(() -> assertThat(SMS.count(
                        "select count(*) from sms_messages where phone_number = ? and status in ('sent', 'received')",
                        phone))
                .isGreaterThanOrEqualTo(2));
        String rows = "select id, xmin::text from sms_messages where phone_number = ? order by id";
        await().untilAsserted(() -> assertThat(SMS.count(
                        "select count(*) from sms_messages where phone_number = ? and status = 'queued'", phone))
                .isZero());
        List<Map<String, Object>> before = SMS.rows(rows, phone);
        given().queryParam("phone", phone).get("/api/sms/messages").then().statusCode(200);
        given().queryParam("phone", phone)
                .get("/api/sms/messages/export")
                .then()
                .statusCode(200);
        Staff.get(id);
        assertThat(SMS.rows(rows, phone)).isEqualTo(before);
    }

    @Test
    void templatesStayAsTheyAre() {
        given().contentType("application/json")
                .body(Map.of("purpose", "help", "body", "Call us"))
                .post("/api/sms/templates")
                .then()
                .statusCode(201);
        // Where the row is: reading may lock it, but writes no new one.
        String place = "select ctid::text from templates where purpose = 'help' and client_id = 'default'";
        Object before = SMS.value(place);
        given().get("/api/sms/templates").then().statusCode(200);
        given().get("/api/sms/templates/help").then().statusCode(200);
        assertThat(SMS.value(place)).isEqualTo(before);
        given().delete("/api/sms/templates/help").then().statusCode(204);
    }
}
