package dev.frontdesk.sms.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeliveryStatusTest {

    @Test
    void everyWordOfTwiliosHasTheSeedsStatus() {
        Map<String, String> table = Map.ofEntries(
                Map.entry("accepted", "sent"),
                Map.entry("scheduled", "sent"),
                Map.entry("queued", "sent"),
                Map.entry("sending", "sent"),
                Map.entry("sent", "sent"),
                Map.entry("delivered", "delivered"),
                Map.entry("read", "delivered"),
                Map.entry("partially_delivered", "delivered"),
                Map.entry("undelivered", "failed"),
                Map.entry("failed", "failed"),
                Map.entry("canceled", "failed"));
        table.forEach((word, status) ->
                assertThat(DeliveryStatus.of(word).orElseThrow().status()).isEqualTo(status));
        assertThat(DeliveryStatus.values()).hasSize(table.size());
    }

    @Test
    void inboundAndNewWordsMeanNothing() {
        assertThat(List.of("received", "receiving", "", "teleported"))
                .allMatch(it -> DeliveryStatus.of(it).isEmpty());
    }

    @Test
    void theEndOutranksEverythingOnTheWay() {
        assertThat(List.of(
                        DeliveryStatus.DELIVERED,
                        DeliveryStatus.UNDELIVERED,
                        DeliveryStatus.FAILED,
                        DeliveryStatus.CANCELED))
                .allMatch(it -> it.rank() > DeliveryStatus.SENT.rank() && it.rank() < DeliveryStatus.READ.rank());
    }
}
