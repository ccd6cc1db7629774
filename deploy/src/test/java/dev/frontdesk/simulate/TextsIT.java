package dev.frontdesk.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.local.Platform;
import dev.frontdesk.local.Service;
import dev.frontdesk.local.Settings;
import dev.frontdesk.local.TestPlatform;
import dev.frontdesk.testing.Broker;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The texting scenarios of {@code deploy/simulate}, but for the flood, which uses up an hour's limits. */
class TextsIT {
    private final Platform platform = TestPlatform.running();
    private final Settings settings = platform.settings();

    @BeforeEach
    void rest() {
        Rest.of(settings);
    }

    @Test
    void anAppointmentIsMovedAndConfirmedByText() {
        assertThat(play("sms", "reschedule")).isTrue();
    }

    @Test
    void whoSaysStopWhileTwoInstancesTextManyGetsNothingMore() {
        platform.startSecond(Service.SMS, Broker.freePort());
        try {
            assertThat(play("sms", "stop")).isTrue();
        } finally {
            // Killed, it would leave texts half sent, and half a minute's wait to whoever comes next.
            platform.stopSecond(Service.SMS);
        }
    }

    @Test
    void everyWayToFailEndsWithTheReason() {
        assertThat(play("sms", "failures")).isTrue();
    }

    private boolean play(String... name) {
        return Simulate.play(settings, name[0], name[1], "--seed", Long.toString(System.nanoTime() % 1_000_000));
    }
}
