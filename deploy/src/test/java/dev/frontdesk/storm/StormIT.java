package dev.frontdesk.storm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.local.Platform;
import dev.frontdesk.local.TestPlatform;
import dev.frontdesk.simulate.Rest;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A short storm: what deploy/storm does for minutes, with the faults that take seconds. */
class StormIT {
    @Test
    void nothingAcknowledgedIsLostAndNothingIsDoubled() {
        Platform platform = TestPlatform.running();
        Rest.of(platform.settings());
        List<Fault> faults = List.of(new AnswerLost(), new OffsetLost(), new Twenty(), new Forged(), new PoolExhausted());
        assertThat(Course.on(platform, null, new Plan(1, 7, 15, false, true, Set.of()), faults)
                        .run())
                .isTrue();
    }
}
