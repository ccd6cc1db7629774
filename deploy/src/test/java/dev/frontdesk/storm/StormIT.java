package dev.frontdesk.storm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.local.Platform;
import dev.frontdesk.local.Service;
import dev.frontdesk.local.TestPlatform;
import dev.frontdesk.simulate.Rest;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A short storm: what deploy/storm does for minutes, with one fault of each kind that takes seconds, and one rollout. */
class StormIT {
    @Test
    void nothingAcknowledgedIsLostAndNothingIsDoubled() {
        Platform platform = TestPlatform.running();
        Rest.of(platform.settings());
        List<Fault> faults = List.of(
                new PoolExhausted(),
                new LateCommit(),
                new Twenty(),
                new Forged(),
                new PrimaryGone(PrimaryGone.Way.DEMOTED),
                new RolledOut(Service.SMS));
        // In this seed's order the primary is gone first: texts it caught half sent are given up on while the rest goes
        // on.
        assertThat(Course.on(platform, null, new Plan(1, 198, 10, false, true, Set.of()), faults)
                        .run())
                .isTrue();
    }
}
