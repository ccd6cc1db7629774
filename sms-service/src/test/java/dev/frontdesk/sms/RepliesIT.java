package dev.frontdesk.sms;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.frontdesk.events.FaqEvent;
import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Infrastructure;
import dev.frontdesk.testing.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(TwilioServer.class)
@QuarkusTestResource(BookingServer.class)
class RepliesIT {

    private static final Database SMS = Database.asSuperuser("sms");

    private final String phone = Twilio.phone();

    @BeforeAll
    static void patience() {
        org.awaitility.Awaitility.setDefaultTimeout(Duration.ofSeconds(20));
    }

    @Test
    void cConfirmsTheSendersBooking() {
        UUID booking = BookingServer.book(phone, "KLM234");
        write("C");
        assertThat(reply(1)).isEqualTo("Confirmed: Regular wash on Tue, Dec 1 at 03:00 PM, ref KLM234. See you then!");
        assertThat(BookingServer.booking(booking))
                .containsEntry("status", "confirmed")
                .containsEntry("changes", 1);
    }

    @Test
    void xWithAReferenceCancelsThatOneAndNobodyElsesBooking() {
        UUID one = BookingServer.book(phone, "AAA222");
        UUID other = BookingServer.book(phone, "BBB333");
        UUID foreign = BookingServer.book(Twilio.phone(), "CCC444");
        write("X");
        assertThat(reply(1)).startsWith("Which one? Reply:\nX AAA222").contains("X BBB333");
        write("X CCC444");
        assertThat(reply(2)).isEqualTo("We found no upcoming booking CCC444 for this number.");
        write("x bbb333");
        await().untilAsserted(() -> assertThat(BookingServer.booking(other)).containsEntry("status", "cancelled"));
        assertThat(BookingServer.booking(one)).containsEntry("status", "pending");
        assertThat(BookingServer.booking(foreign)).containsEntry("status", "pending");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X", "X NPQ567"})
    void aCancellationWhoseAnswerWasLostIsNotDenied(String words) {
        UUID booking = BookingServer.book(phone, "NPQ567");
        BookingServer.loseTheNextAnswer(booking);
        write(words);
        await().untilAsserted(() -> assertThat(BookingServer.booking(booking)).containsEntry("status", "cancelled"));
        again();
        settled(1);
        assertThat(SMS.count(
                        "select count(*) from sms_messages where phone_number = ? and direction = 'outbound'", phone))
                .isZero();
    }

    @Test
    void aReferenceThatNobodyCancelledIsUnknownAtTheSecondTryToo() {
        UUID booking = BookingServer.book(phone, "NPQ678");
        BookingServer.loseTheNextAnswer(booking);
        write("X NPQ678");
        await().untilAsserted(() -> assertThat(BookingServer.booking(booking)).containsEntry("status", "cancelled"));
        SMS.run("update sms_messages set message_body = 'X NPQ789' where phone_number = ?", phone);
        again();
        assertThat(reply(1)).isEqualTo("We found no upcoming booking NPQ789 for this number.");
    }

    @Test
    void rOffersTimesAndANumberChoosesOne() {
        UUID booking = BookingServer.book(phone, "MNP345");
        write("R");
        assertThat(reply(1))
                .isEqualTo("New time for MNP345? Reply with a number:\n1) Wed, Dec 2 09:00 AM\n2) Wed, Dec 2 10:00 AM"
                        + "\n3) Thu, Dec 3 09:00 AM");
        write("3");
        assertThat(reply(2)).isEqualTo("That time is gone. Reply with a number:\n1) Wed, Dec 2 09:00 AM");
        write("1");
        await().untilAsserted(() -> assertThat(BookingServer.booking(booking)).containsEntry("appointment_time", "s1"));
        write("1");
        assertThat(reply(3)).contains("A person will answer");
    }

    @Test
    void cancelAloneAsksAnOpenBookingAndOptsOutNobody() {
        UUID booking = BookingServer.book(phone, "QRS456");
        write("CANCEL");
        assertThat(reply(1)).contains("reply X QRS456").contains("reply STOP");
        assertThat(BookingServer.booking(booking)).containsEntry("status", "pending");
        given().get("/api/sms/opt-outs/" + phone).then().statusCode(404);
        String stranger = Twilio.phone();
        Twilio.DEFAULT.text(stranger, "Cancel", Twilio.sid()).then().statusCode(200);
        await().untilAsserted(() ->
                given().get("/api/sms/opt-outs/" + stranger).then().statusCode(200));
        assertThat(TwilioServer.posts(stranger)).isZero();
    }

    @Test
    void plainWordingStopsEverythingAndIsNotAnswered() {
        write("please stop texting me");
        write("I said stop texting me!!");
        write("Hello?");
        settled(3);
        assertThat(SMS.count(
                        "select count(*) from sms_messages where phone_number = ? and direction = 'outbound'", phone))
                .isZero();
        assertThat(SMS.count("select count(*) from opt_outs where phone_number = ?", phone))
                .isGreaterThanOrEqualTo(1);
        given().contentType("application/json")
                .body(Map.of("phone_number", phone, "message_body", "x"))
                .post("/api/sms/messages")
                .then()
                .statusCode(409);
        write("YES");
        await().untilAsserted(
                        () -> given().get("/api/sms/opt-outs/" + phone).then().statusCode(404));
        write("ayuda");
        assertThat(reply(1)).contains("STOP to opt out");
    }

    @Test
    void whatTwilioAnswersItselfIsLeftToIt() {
        write("STOP");
        write("START");
        write("HELP");
        write("info");
        settled(4);
        write("hilfe");
        assertThat(reply(1)).contains("reply with your booking reference");
        assertThat(SMS.count(
                        "select count(*) from sms_messages where phone_number = ? and direction = 'outbound'", phone))
                .isEqualTo(1);
    }

    /** Whatever was queued for it before, and for whatever purpose. */
    @ParameterizedTest
    @ValueSource(strings = {"opt-out", "staff", ""})
    void nothingGoesToANumberThatOptedOut(String purpose) {
        write("please stop texting me");
        SMS.run("""
                insert into sms_messages (client_id, phone_number, direction, message_body, status, purpose, handover, due_at)
                values ('default', ?, 'outbound', 'bye', 'queued', nullif(?, ''), 'waiting', now())
                """, phone, purpose);
        await().untilAsserted(() -> assertThat(SMS.rows(
                        "select status, error_code from sms_messages where phone_number = ? and direction = 'outbound'",
                        phone))
                .containsExactly(Map.of("status", "failed", "error_code", "opted-out")));
        assertThat(TwilioServer.posts(phone)).isZero();
    }

    @Test
    void aQuestionIsAnsweredFromTheFaqsAndCounted() {
        UUID faq = UUID.randomUUID();
        Topic.publish(
                "acme",
                new FaqEvent.Changed(
                        Instant.now(),
                        faq,
                        1,
                        "prices",
                        "How much is a haircut?",
                        "A haircut is EUR 35.",
                        List.of("price", "cost"),
                        true,
                        0));
        await().untilAsserted(() -> assertThat(SMS.count("select count(*) from faq_copies where id = ?", faq))
                .isEqualTo(1));
        Twilio.ACME.text(phone, "what does it cost", Twilio.sid()).then().statusCode(200);
        assertThat(reply(1)).isEqualTo("A haircut is EUR 35.");
        Twilio.ACME
                .text(phone, "Do you sell 12 elephants?", Twilio.sid())
                .then()
                .statusCode(200);
        assertThat(reply(2)).isEqualTo("Acme Hair: thanks for your message. A person will answer you here.");
        await().untilAsserted(() -> assertThat(Topic.named("frontdesk.sms-messages").messages().stream()
                        .filter(it -> "faq.used.v1".equals(it.headers().get("ce_type")))
                        .map(Topic.Message::value))
                .anyMatch(it -> it.contains(faq.toString()))
                .anyMatch(it -> it.contains("Do you sell ## elephants?")));
    }

    @Test
    void hoursComeFromTheCalendar() {
        write("What are your hours?");
        assertThat(reply(1)).isEqualTo("Our hours: Mon-Tue 08:00-20:00, Sat 08:00-14:00.");
    }

    @Test
    void anythingElseOpensTheConversationForAPersonAndThenTheRobotIsQuiet() {
        write("My cat ate the receipt");
        assertThat(reply(1)).isEqualTo("Clean & Fold: thanks for your message. A person will answer you here.");
        conversation("open");
        given().contentType("application/json")
                .body(Map.of("phone_number", phone, "message_body", "Poor cat!"))
                .post("/api/sms/messages")
                .then()
                .statusCode(201);
        write("She is fine");
        settled(2);
        assertThat(SMS.count("select count(*) from sms_messages where phone_number = ? and purpose = 'reply'", phone))
                .isEqualTo(1);
        given().post("/api/sms/conversations/" + phone + "/closure")
                .then()
                .statusCode(200)
                .body("state", equalTo("closed"))
                .body("unread", equalTo(0));
    }

    @Test
    void machinesGetNoAnswer() {
        write("This is an automatic reply. I am out of office.");
        settled(1);
        Twilio.DEFAULT.text("72345", "Your code is 1", Twilio.sid()).then().statusCode(200);
        Twilio.DEFAULT.text(Twilio.ACME.number(), "hello", Twilio.sid()).then().statusCode(200);
        await().untilAsserted(() -> assertThat(SMS.count(
                        "select count(*) from sms_messages where phone_number in ('72345', ?) and reply = 'none'",
                        Twilio.ACME.number()))
                .isEqualTo(2));
        assertThat(TwilioServer.posts(phone)).isZero();
    }

    @Test
    void fiftyTextsAtOnceAreAnsweredInOrderAndOnceEach() {
        List<CompletableFuture<Void>> all = IntStream.range(0, 50)
                .mapToObj(i -> CompletableFuture.runAsync(() -> Twilio.DEFAULT
                        .text(phone, "text " + i, Twilio.sid())
                        .then()
                        .statusCode(200)))
                .toList();
        all.forEach(CompletableFuture::join);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(TwilioServer.received(phone)).hasSize(50));
        List<Map<String, Object>> order = SMS.rows("""
                select i.id from sms_messages i join sms_messages r on r.dedup_key = 'reply:' || i.id
                where i.phone_number = ? order by r.created_at
                """, phone);
        assertThat(order).hasSize(50);
        assertThat(order)
                .isSortedAccordingTo(
                        (a, b) -> a.get("id").toString().compareTo(b.get("id").toString()));
        given().queryParam("phone", phone)
                .get("/api/sms/conversations")
                .then()
                .body("items.size()", equalTo(1))
                .body("items[0].message_count", equalTo(100));
    }

    private void write(String body) {
        Twilio.DEFAULT.text(phone, body, Twilio.sid()).then().statusCode(200);
    }

    /** The text that could not be answered is due again at once. */
    private void again() {
        SMS.run("update sms_messages set reply_due_at = now() where phone_number = ? and reply = 'due'", phone);
    }

    /** The nth text the phone received. */
    private String reply(int n) {
        await().untilAsserted(() -> assertThat(TwilioServer.received(phone)).hasSizeGreaterThanOrEqualTo(n));
        return TwilioServer.received(phone).get(n - 1).get("body").toString();
    }

    /** So many inbound texts have been dealt with. */
    private void settled(int texts) {
        await().untilAsserted(() -> assertThat(SMS.count(
                        "select count(*) from sms_messages where phone_number = ? and direction = 'inbound' and reply <> 'due'",
                        phone))
                .isEqualTo(texts));
    }

    private void conversation(String state) {
        await().untilAsserted(() -> given().get("/api/sms/conversations/" + phone)
                .then()
                .statusCode(200)
                .body("state", equalTo(state)));
    }
}
