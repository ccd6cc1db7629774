package dev.frontdesk.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.local.Platform;
import dev.frontdesk.local.Settings;
import dev.frontdesk.local.TestPlatform;
import dev.frontdesk.testing.Database;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What people notice of a broker that is away: nothing. What else breaks is deploy/storm's. */
class FailureIT {
    private final Platform platform = TestPlatform.running();
    private final Settings settings = platform.settings();

    @Test
    void whileTheBrokerIsAwayWebhooksAreTakenAndTheAgentIsBriefedAndAllCountsAfterwards() {
        Rest.of(settings);
        try (Stage hairdresser = new Stage(settings, "acme", System.nanoTime(), 8)) {
            String words = words(briefing(hairdresser));
            assertThat(words).isNotBlank();
            platform.stopKafka();
            CompletableFuture<Boolean> load = CompletableFuture.supplyAsync(
                    () -> Simulate.play(settings, "load", "--rate", "5", "--seconds", "10", "--seed", "5"));
            try {
                for (int i = 0; i < 5; i++) {
                    Wire.Answer briefing = briefing(hairdresser);
                    assertThat(words(briefing)).isEqualTo(words);
                    assertThat(briefing.took()).isLessThan(Duration.ofSeconds(1));
                }
                Database calls = Database.at(TestPlatform.postgresAddress(), "call", "postgres");
                await().atMost(Duration.ofSeconds(60)).until(() -> calls.count("select count(*) from outbox") >= 20);
            } finally {
                platform.startKafka();
            }
            assertThat(load.join()).isTrue();
        }
    }

    private static Wire.Answer briefing(Stage office) {
        PhoneCall call = PhoneCall.of(PhoneCall.Kind.ANSWERED, office.random, office.person());
        return office.traffic.send(office.vapi.assistantRequest(call));
    }

    /** What the agent is told at the beginning of a call. */
    private static String words(Wire.Answer briefing) {
        return briefing.json().at("/assistant/model/messages/0/content").asText();
    }
}
