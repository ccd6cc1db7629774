package dev.frontdesk.sms;

import static dev.frontdesk.testing.Topic.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.events.CustomerEvent;
import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(TwilioServer.class)
class ErasureIT {

    private static final Database SMS = Database.asSuperuser("sms");

    private final String phone = Twilio.phone();

    @BeforeAll
    static void patience() {
        org.awaitility.Awaitility.setDefaultTimeout(Duration.ofSeconds(20));
    }

    @Test
    void anErasedPersonIsForgottenEverywhere() {
        Twilio.DEFAULT.text(phone, "my secret", Twilio.sid()).then().statusCode(200);
        await().untilAsserted(() -> assertThat(SMS.count(
                        "select count(*) from sms_messages where phone_number = ? and status in ('received', 'sent')",
                        phone))
                .isEqualTo(2));
        String pseudonym = "erased-" + UUID.randomUUID();
        publish(
                "default",
                new CustomerEvent.Erased(Instant.now(), UUID.randomUUID(), UUID.randomUUID(), phone, pseudonym));
        await().untilAsserted(() -> assertThat(
                        SMS.rows("select distinct message_body from sms_messages where phone_number = ?", pseudonym))
                .containsExactly(Map.of("message_body", "erased")));
        assertThat(SMS.count("select count(*) from sms_messages where phone_number = ?", phone))
                .isZero();
        assertThat(SMS.count("select count(*) from conversations where phone_number = ?", phone))
                .isZero();
    }
}
