package dev.frontdesk.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the agent does for a caller while the desk is away, hangs, or the call is locked. */
@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(Neighbours.class)
class ToolsInTroubleIT {

    private final PhoneCall call = new PhoneCall();

    @AfterEach
    void theDeskIsBack() {
        Neighbours.deskIsDown(false);
        Neighbours.deskHangs(false);
    }

    @Test
    void withTheDeskAwayTheCallerHearsASentenceAndTheBookingIsMadeLater() {
        call.message("assistant-request", "");
        String slot = call.slot();
        Neighbours.deskIsDown(true);
        long start = System.nanoTime();
        assertThat(call.tool(PhoneCall.fresh(), "create_booking", PhoneCall.booking(slot))
                        .path("error")
                        .asText())
                .contains("The request is noted")
                .doesNotContain("\n");
        assertThat(call.tool(PhoneCall.fresh(), "find_bookings", "{}")
                        .path("error")
                        .asText())
                .contains("can't do that right now");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
        Neighbours.deskIsDown(false);
        await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
            assertThat(Neighbours.bookings(call.phone)).hasSize(1);
            assertThat(call.vapi.row().get("booking_id")).isNotNull();
        });
    }

    @Test
    void aDeskThatHangsIsNotWaitedForAndWhatItDidIsFoundOut() {
        call.message("assistant-request", "");
        String slot = call.slot();
        Neighbours.deskHangs(true);
        for (String name : List.of("create_booking", "get_availability")) {
            long start = System.nanoTime();
            assertThat(call.tool(
                                    PhoneCall.fresh(),
                                    name,
                                    PhoneCall.booking(slot).replace("{", "{\"date\":\"2030-01-07\","))
                            .path("error")
                            .asText())
                    .containsAnyOf("The request is noted", "I can't do that right now");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        }
        Neighbours.deskHangs(false);
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(
                        () -> assertThat(call.vapi.row().get("booking_id")).isNotNull());
        assertThat(Neighbours.bookings(call.phone)).hasSize(1);
    }

    @Test
    void aCallThatSomebodyKeepsLockedIsAnsweredAndLeavesTheServiceAsItWas() throws SQLException {
        call.message("assistant-request", "");
        String slot = call.slot();
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://%s/call".formatted(Infrastructure.postgresAddress()),
                        "postgres",
                        "postgres");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select from calls where id = '%s' for update"
                    .formatted(call.vapi.row().get("id")));
            List<CompletableFuture<String>> answers = IntStream.range(0, 30)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> call.tool(PhoneCall.fresh(), "create_booking", PhoneCall.booking(slot))
                                    .path("error")
                                    .asText()))
                    .toList();
            assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).contains("can't do that right now"));
        }
        assertThat(call.tool(PhoneCall.fresh(), "find_bookings", "{}")
                        .path("result")
                        .asText())
                .isNotBlank();
    }
}
