package dev.frontdesk.sms.replies;

import static org.awaitility.Awaitility.await;

import dev.frontdesk.sms.BookingServer;
import dev.frontdesk.sms.Twilio;
import dev.frontdesk.sms.TwilioServer;
import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Twenty thousand texts that wait for their answers. */
@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(TwilioServer.class)
@QuarkusTestResource(BookingServer.class)
class FloodIT {

    private static final Database SMS = Database.asSuperuser("sms");
    private static final String NO_FLOOD =
            "update sms_messages set reply = 'none' where message_body = 'flood' and reply = 'due'";

    private final String phone = Twilio.phone();

    @Inject
    Replies replies;

    @BeforeAll
    static void patience() {
        org.awaitility.Awaitility.setDefaultTimeout(Duration.ofSeconds(20));
    }

    @AfterEach
    void passes() {
        SMS.run(NO_FLOOD);
    }

    /** How to claim was settled while there was next to nothing to claim. */
    @Test
    void aFloodIsAnsweredFromItsFirstTextOn() {
        List<String> first = Stream.generate(Twilio::phone).limit(8).toList();
        first.forEach(it -> Twilio.DEFAULT.text(it, "C", Twilio.sid()).then().statusCode(200));
        first.forEach(it -> await().until(() -> !TwilioServer.received(it).isEmpty()));
        flood();
        await().until(() ->
                SMS.count("select count(*) from sms_messages where message_body = 'flood' and reply <> 'due'") >= 20);
    }

    /** Each of them was once compared with all of them. */
    @Test
    void aFloodThatSomebodyElseHoldsLetsTheOthersPass() throws SQLException {
        String url = "jdbc:postgresql://" + Infrastructure.postgresAddress() + "/sms";
        try (Connection other = DriverManager.getConnection(url, "postgres", "postgres");
                Statement holding = other.createStatement()) {
            other.setAutoCommit(false);
            // Nobody answers before it is held: a lane that had leased some of it would wait for them.
            replies.stop(null);
            try {
                flood();
                holding.execute(NO_FLOOD);
            } finally {
                replies.start(null);
            }
            Twilio.ACME.text(phone, "Hello?", Twilio.sid()).then().statusCode(200);
            await().until(() -> SMS.value(
                            "select reply from sms_messages where phone_number = ? and direction = 'inbound'", phone)
                    .equals("written"));
            other.commit();
        }
    }

    private static void flood() {
        SMS.run("""
                insert into sms_messages (client_id, phone_number, direction, message_body, status, reply, reply_due_at)
                select 'acme', (200000 + n)::text, 'inbound', 'flood', 'received', 'due', now()
                from generate_series(1, 20000) n
                """);
    }
}
