package dev.frontdesk.storm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.local.Platform;
import dev.frontdesk.local.Service;
import dev.frontdesk.local.TestPlatform;
import dev.frontdesk.simulate.Rest;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A rollout: every service, one after the other, while people call, text and book. */
class RollingRestartIT {
    @Test
    void everyServiceIsReplacedUnderTrafficAndNobodyNotices() {
        Platform platform = TestPlatform.running();
        Rest.of(platform.settings());
        List<Fault> rollouts =
                Stream.of(Service.values()).<Fault>map(RolledOut::new).toList();
        assertThat(Course.on(platform, null, new Plan(1, 22, 10, false, true, Set.of()), rollouts)
                        .run())
                .isTrue();
    }
}
