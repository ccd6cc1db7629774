package dev.frontdesk.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.local.Platform;
import dev.frontdesk.local.Service;
import dev.frontdesk.local.Settings;
import dev.frontdesk.local.TestPlatform;
import dev.frontdesk.simulator.Sid;
import dev.frontdesk.testing.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * kill -9 of sms-service at the worst moments: every text reaches its phone exactly once all the same. One kill for all three,
 * because most of what this takes is the service starting again.
 */
class TextCrashIT {
    private final Platform platform = TestPlatform.running();
    private final Settings settings = platform.settings();
    private final Stage stage = new Stage(settings, "default", System.nanoTime(), 8);
    private final Database sms = Database.at(TestPlatform.postgresAddress(), "sms", "postgres");
    private final StaffTexts texts = new StaffTexts(stage);

    @BeforeEach
    void rest() {
        Rest.of(settings);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void aTextClaimedOneAtTheProviderAndOneUnansweredReachTheirPhonesOnce() throws SQLException {
        Person claimed = Newcomer.to(stage);
        Person posting = Newcomer.to(stage);
        Person asking = Newcomer.to(stage);
        try (Connection connection = DriverManager.getConnection(
                "jdbc:postgresql://%s/sms".formatted(TestPlatform.postgresAddress()), "postgres", "postgres")) {
            connection.setAutoCommit(false);
            holdBack(connection, claimed);
            stage.carrier.behave(posting, "deliver", 5_000);
            int before = texts.accepted(posting);
            assertThat(texts.write(claimed, "This one is claimed.")).isEqualTo(201);
            assertThat(texts.write(posting, "This one is on its way.")).isEqualTo(201);
            await().until(() -> texts.accepted(posting) == before + 1);
            await().until(() -> handover(claimed, "claimed") == 1 && handover(posting, "posting") == 1);
            stage.traffic.send(stage.twilio.incomingText(Sid.next("SM"), asking, "What are your opening hours?"));
            platform.kill(Service.SMS);
            connection.rollback();
        }
        // What takes half a minute to be given up on.
        sms.run(
                "update sms_messages set claimed_at = claimed_at - interval '1 minute' where handover in ('claimed', 'posting')");
        platform.start(Service.SMS);
        for (Person person : List.of(claimed, posting, asking)) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(texts.to(person))
                            .hasSize(1)
                            .allSatisfy(text ->
                                    assertThat(text.get("status").asText()).isIn("sent", "delivered")));
        }
        Rest.of(settings);
        for (Person person : List.of(claimed, posting, asking)) {
            String body = texts.to(person).get(0).get("message_body").asText();
            assertThat(stage.carrier.textsTo(person))
                    .filteredOn(text -> text.get("body").asText().equals(body))
                    .as(body)
                    .hasSize(1);
        }
        stage.carrier.behave(posting, "deliver", 0);
    }

    /** Takes the number's opt-out lock: what is to be handed over waits after it was claimed. */
    private static void holdBack(Connection connection, Person person) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("select pg_advisory_xact_lock(opt_out_lock('default', ?))::text")) {
            lock.setString(1, person.phone());
            lock.execute();
        }
    }

    private long handover(Person person, String state) {
        return sms.count(
                "select count(*) from sms_messages where phone_number = ? and handover = ?", person.phone(), state);
    }
}
