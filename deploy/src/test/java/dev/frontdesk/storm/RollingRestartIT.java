package dev.frontdesk.storm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.local.Platform;
import dev.frontdesk.local.Service;
import dev.frontdesk.local.TestPlatform;
import dev.frontdesk.simulate.Rest;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A rollout of the services that providers call, one after the other, while people call, text and book. A storm replaces all
 * five; there and here it takes as long as the services take to start.
 */
class RollingRestartIT {
    @Test
    void aServiceIsReplacedUnderTrafficAndNobodyNotices() {
        Platform platform = TestPlatform.running();
        Rest.of(platform.settings());
        List<Fault> rollouts = List.of(new RolledOut(Service.CALL), new RolledOut(Service.SMS));
        assertThat(Course.on(platform, null, new Plan(1, 22, 10, false, true, Set.of()), rollouts)
                        .run())
                .isTrue();
    }
}
