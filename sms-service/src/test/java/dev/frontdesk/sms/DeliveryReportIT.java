package dev.frontdesk.sms;

import static dev.frontdesk.sms.Staff.status;
import static dev.frontdesk.sms.Staff.write;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Infrastructure;
import dev.frontdesk.testing.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Twilio says of texts afterwards: in any order, any number of times, also too early. */
@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(TwilioServer.class)
class DeliveryReportIT {

    private static final Database SMS = Database.asSuperuser("sms");

    @BeforeAll
    static void patience() {
        org.awaitility.Awaitility.setDefaultTimeout(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @CsvSource({
        "queued sending sent delivered, delivered, delivered",
        "queued sending sent undelivered, failed, undelivered",
        "accepted queued sending failed, failed, failed",
        "scheduled accepted canceled, failed, canceled",
        "sending sent delivered read, delivered, read"
    })
    void everyOrderOfStatusCallbacksEndsInTheSameState(String words, String status, String last) {
        for (List<String> order : permutations(List.of(words.split(" ")))) {
            String sid = sentAs();
            Stream.concat(order.stream(), order.stream())
                    .forEach(word -> Twilio.DEFAULT.status(sid, word).then().statusCode(200));
            assertThat(outcome(sid)).as("%s", order).isEqualTo(Map.of("status", status, "provider_status", last));
        }
    }

    /** A text that the provider has taken just now. */
    private static String sentAs() {
        String sid = Twilio.sid();
        SMS.run(
                "insert into sms_messages (client_id, phone_number, direction, message_body, status, provider_message_id,"
                        + " provider_status, provider_rank) values ('default', ?, 'outbound', 'hello', 'sent', ?, 'queued', 3)",
                Twilio.phone(),
                sid);
        return sid;
    }

    private static Map<String, Object> outcome(String sid) {
        return SMS.rows("select status, provider_status from sms_messages where provider_message_id = ?", sid)
                .get(0);
    }

    @Test
    void everyOrderEndsInTheSameStateBeforeTheAnswerToo() {
        Map<String, List<String>> orders = new HashMap<>();
        for (List<String> order : permutations(List.of("sending", "sent", "undelivered"))) {
            String phone = Twilio.phone();
            TwilioServer.behave(phone, "deliver", 1, 300);
            write(phone, "quick");
            await().pollInterval(Duration.ofMillis(10))
                    .untilAsserted(
                            () -> assertThat(TwilioServer.received(phone)).hasSize(1));
            String sid = TwilioServer.received(phone).get(0).get("sid").toString();
            order.forEach(word -> Twilio.DEFAULT.status(sid, word).then().statusCode(200));
            orders.put(sid, order);
        }
        orders.forEach((sid, order) -> await().untilAsserted(() -> assertThat(
                        SMS.rows("select status, provider_status from sms_messages where provider_message_id = ?", sid))
                .as("%s", order)
                .containsExactly(Map.of("status", "failed", "provider_status", "undelivered"))));
    }

    @Test
    void twentyDeliveriesAtOnceCountOnce() {
        String sid = sentAs();
        List<CompletableFuture<Response>> answers = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> Twilio.DEFAULT.status(sid, "delivered")))
                .limit(20)
                .toList();
        answers.forEach(answer -> answer.join().then().statusCode(200));
        Map<String, Object> row = SMS.rows("select id, version from sms_messages where provider_message_id = ?", sid)
                .get(0);
        assertThat(row).containsEntry("version", 2L);
        String id = row.get("id").toString();
        await().untilAsserted(
                        () -> assertThat(Topic.named("frontdesk.sms-messages").messages(id))
                                .extracting(it -> it.headers().get("ce_type"))
                                .containsExactly("sms.delivered.v1"));
    }

    @Test
    void aCallbackThatOvertakesTheAnswerIsJoined() {
        String phone = Twilio.phone();
        TwilioServer.behave(phone, "deliver", 1, 500);
        String id = write(phone, "quick");
        await().untilAsserted(() -> assertThat(TwilioServer.received(phone)).hasSize(1));
        String sid = TwilioServer.received(phone).get(0).get("sid").toString();
        Twilio.DEFAULT.status(sid, "delivered").then().statusCode(200);
        await().untilAsserted(() -> assertThat(status(id)).isEqualTo("delivered"));
        assertThat(SMS.count("select count(*) from delivery_reports where provider_message_id = ?", sid))
                .isZero();
    }

    @Test
    void onlyANewStatusOfOursIsAnEvent() {
        String sid = sentAs();
        assertThat(noted(sid, "sending", 4, "sent")).isEqualTo("applied");
        assertThat(noted(sid, "delivered", 10, "delivered")).isEqualTo("changed");
        assertThat(noted(sid, "delivered", 10, "delivered")).isEqualTo("stale");
        assertThat(noted(Twilio.sid(), "sent", 5, "sent")).isEqualTo("unknown");
    }

    private static Object noted(String sid, String word, int rank, String status) {
        return SMS.value("select note_delivery('default', ?, null, ?, ?, ?, null, null)", sid, word, rank, status);
    }

    @Test
    void anUnknownSidIsKept() {
        String sid = Twilio.sid();
        Twilio.DEFAULT.status(sid, "sent").then().statusCode(200);
        Twilio.DEFAULT.status(sid, "delivered").then().statusCode(200);
        Twilio.DEFAULT.status(sid, "sending").then().statusCode(200);
        Twilio.DEFAULT.status(sid, "never-heard-of").then().statusCode(200);
        assertThat(SMS.rows("select provider_status from delivery_reports where provider_message_id = ?", sid))
                .containsExactly(Map.of("provider_status", "delivered"));
    }

    @Test
    void aPhoneThatWasOffGetsTheTextOnceMore() {
        String phone = Twilio.phone();
        String id = write(phone, "are you there?");
        await().untilAsserted(() -> assertThat(status(id)).isEqualTo("sent"));
        String sid = TwilioServer.received(phone).get(0).get("sid").toString();
        Map<String, String> undelivered =
                Twilio.DEFAULT.form("sms-status-undelivered.form", Map.of("MessageSid", sid, "SmsSid", sid));
        for (int i = 0; i < 2; i++) {
            Twilio.DEFAULT
                    .post("/webhooks/twilio/default/sms/status", undelivered)
                    .then()
                    .statusCode(200);
        }
        Twilio.DEFAULT.status(sid, "delivered").then().statusCode(200);
        given().get("/api/sms/messages/" + id)
                .then()
                .body("status", equalTo("failed"))
                .body("error_code", equalTo("30003"));
        assertThat(SMS.count(
                        "select count(*) from sms_messages where phone_number = ? and status = 'queued' and dedup_key = ?",
                        phone,
                        "again:" + id))
                .isEqualTo(1);
    }

    private static List<List<String>> permutations(List<String> words) {
        if (words.isEmpty()) {
            return List.of(List.of());
        }
        List<List<String>> all = new ArrayList<>();
        for (String first : words) {
            List<String> others = new ArrayList<>(words);
            others.remove(first);
            for (List<String> rest : permutations(others)) {
                List<String> order = new ArrayList<>(List.of(first));
                order.addAll(rest);
                all.add(order);
            }
        }
        return all;
    }
}
