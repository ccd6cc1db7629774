package dev.frontdesk.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.frontdesk.testing.CommonProfile;
import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(CommonProfile.class)
@QuarkusTestResource(Infrastructure.class)
class SharedClockIT {

    @Inject
    Pool pool;

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H", "PT3S"})
    void aMachineThatIsWrongFollowsTheDatabase(Duration wrong) {
        assertThat(told(wrong)).isCloseTo(Instant.now(), within(1, ChronoUnit.SECONDS));
    }

    @Test
    void aMachineThatIsNearlyRightIsBelieved() {
        Duration nearly = Duration.ofMillis(-400);
        assertThat(told(nearly)).isBefore(Instant.now().minusMillis(200));
    }

    /** What a machine says whose clock is wrong by this, once it has compared. */
    private Instant told(Duration wrong) {
        SharedClock shared = new SharedClock(pool, InstantSource.offset(InstantSource.system(), wrong));
        shared.compare().await().atMost(Duration.ofSeconds(10));
        return shared.clock().instant();
    }
}
