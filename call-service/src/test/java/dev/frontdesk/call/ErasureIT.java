package dev.frontdesk.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.testing.Infrastructure;
import dev.frontdesk.testing.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** A caller who asked to be forgotten is, and late deliveries don't bring them back. */
@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(Neighbours.class)
class ErasureIT {

    private static UUID erase(String phone) {
        UUID customer = UUID.randomUUID();
        Topic.named("frontdesk.customers")
                .send(
                        customer.toString(),
                        """
                {"occurred_at":"%s","id":"%s","erasure_id":"%s","phone":"%s","pseudonym":"erased-%s"}""".formatted(Instant.now().plusSeconds(1), customer, UUID.randomUUID(), phone, customer),
                        PhoneCall.headers("customer.erased.v1"));
        return customer;
    }

    @Test
    void aCallThatGoesOnWhileTheCallerIsErasedStillEndsAndIsPaid() {
        Deliveries vapi = Deliveries.to("default");
        String phone = "+1415556" + (1000 + ThreadLocalRandom.current().nextInt(9000));
        vapi.vapi(vapi.payload("vapi/status-update-in-progress.json").replace("+14155550123", phone));
        UUID customer = erase(phone);
        await().untilAsserted(() -> assertThat(vapi.row()).containsEntry("phone_number", "erased-" + customer));
        assertThat(vapi.row().get("check_at")).isNotNull();
        vapi.vapi(vapi.payload("vapi/end-of-call-report-inbound.json").replace("+14155550123", phone));
        assertThat(vapi.row())
                .containsEntry("status", "completed")
                .containsEntry("duration", 258)
                .containsEntry("cost", new BigDecimal("0.321200"))
                .containsEntry("phone_number", "erased-" + customer)
                .containsEntry("customer_name", "erased")
                .containsEntry("transcript", null)
                .containsEntry("recording_url", null)
                .containsEntry("summary", null)
                .containsEntry("notes", null);
        assertThat(vapi.row().get("ended_at")).isNotNull();
        assertThat(Deliveries.CALL.count(
                        "select count(*) from call_events where call_id = ? and body is not null",
                        vapi.row().get("id")))
                .isZero();
    }

    @Test
    void anErasedCallerIsGoneFromCallsAndRawMessages() {
        Deliveries vapi = Deliveries.to("default");
        String phone = "+1415556" + (1000 + ThreadLocalRandom.current().nextInt(9000));
        String report = vapi.payload("vapi/end-of-call-report-inbound.json").replace("+14155550123", phone);
        vapi.vapi(report);
        UUID customer = erase(phone);
        await().untilAsserted(() -> assertThat(vapi.row())
                .containsEntry("customer_name", "erased")
                .containsEntry("phone_number", "erased-" + customer)
                .containsEntry("transcript", null)
                .containsEntry("recording_url", null)
                .containsEntry("summary", null)
                .containsEntry("notes", null)
                .containsEntry("duration", 258));
        // The same report at another time is another delivery.
        vapi.vapi(report.replace("1794330268909", "1794330268910"));
        assertThat(vapi.row()).containsEntry("transcript", null).containsEntry("customer_name", "erased");
        assertThat(Deliveries.CALL.count(
                        "select count(*) from call_events where call_id = ? and body is not null",
                        vapi.row().get("id")))
                .isZero();
    }
}
