package dev.frontdesk.analytics.counting;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import dev.frontdesk.analytics.Told;
import dev.frontdesk.analytics.Wire;
import dev.frontdesk.http.ListQuery;
import dev.frontdesk.testing.Infrastructure;
import dev.frontdesk.testing.Inside;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
class RecountIT {

    private static final LocalDate DAY = LocalDate.parse("2025-10-10");

    @Inject
    Recount recount;

    @Test
    void aClientThatMovesToAnotherZoneHasNoWrongDayWhicheverAreRecomputed() {
        Instant lateInNewYork = Instant.parse("2025-10-11T02:00:00Z");
        Wire.send(
                "default",
                IntStream.rangeClosed(-3, 3)
                        .mapToObj(day -> Told.call(Told.someone())
                                .on(lateInNewYork.plus(Duration.ofDays(day)))
                                .ended("completed", null))
                        .toList());
        Wire.settle();
        requireCalls(1, 1, 1, 1, 1, 1, 1);

        assertThat(recompute("Europe/Berlin", 0)).isEqualTo(new Recount.Recomputed(1, 1));
        // The call before came into the range, its own left it.
        requireCalls(1, 1, 2, 1, 0, 1, 1);

        assertThat(recompute("America/New_York", 5)).isEqualTo(new Recount.Recomputed(11, 3));
        requireCalls(1, 1, 1, 1, 1, 1, 1);
    }

    private Recount.Recomputed recompute(String zone, int daysAround) {
        ListQuery.Days range = new ListQuery.Days(DAY.minusDays(daysAround), DAY.plusDays(daysAround));
        return Inside.aRequest(() -> recount.recompute("default", ZoneId.of(zone), range));
    }

    /** Newest first. */
    private static void requireCalls(Integer... calls) {
        given().get("/api/analytics/daily?from=2025-10-07&to=2025-10-13")
                .then()
                .body("items.total_calls", contains(calls));
        given().get("/api/analytics/consistency?from=2025-10-01&to=2025-10-20")
                .then()
                .body("differences.size()", is(0));
    }
}
