package dev.frontdesk.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.local.Platform;
import dev.frontdesk.local.Refusal;
import dev.frontdesk.local.Service;
import dev.frontdesk.local.TestPlatform;
import dev.frontdesk.testing.Database;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** A service that dies between committing and answering: who asks again with the same key hears what was done. */
class CrashIT {
    private final Platform platform = TestPlatform.running();
    private final Database booking = Database.at(TestPlatform.postgresAddress(), "booking", "postgres");

    /** Committing is PostgreSQL's work alone, so it is done while the service stands still. */
    @Test
    void aBookingCommittedButNotAnsweredIsAnsweredToTheSameKeyAndMadeOnce() throws Exception {
        Rest.of(platform.settings());
        Office office = new Office(platform.settings().url(Service.BOOKING), "default");
        String slot = office.list("/api/availability?service_type=regular")
                .get(0)
                .get("slot_id")
                .asText();
        String name = "Crash " + UUID.randomUUID();
        String key = UUID.randomUUID().toString();
        Map<String, String> wanted = Map.of(
                "customer_name", name, "customer_phone", "+12125550143", "service_type", "regular", "slot_id", slot);
        CompletableFuture<Wire.Answer> first;
        try (Connection connection = DriverManager.getConnection(
                "jdbc:postgresql://%s/booking".formatted(TestPlatform.postgresAddress()), "postgres", "postgres")) {
            connection.setAutoCommit(false);
            lockOutbox(connection);
            first = CompletableFuture.supplyAsync(() -> office.post("/api/bookings", wanted, key));
            await().atMost(Duration.ofSeconds(20)).until(() -> booking.count("""
                                    select count(*) from pg_stat_activity
                                    where wait_event_type = 'Lock' and query like '%from book(%'
                                    """) > 0);
            signal("-STOP", platform.pid(Service.BOOKING));
            connection.rollback();
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> made(name) == 1);
        platform.kill(Service.BOOKING);
        assertThat(first.handle((answer, failure) ->
                                failure instanceof CompletionException && failure.getCause() instanceof Refusal)
                        .join())
                .as("nobody answered")
                .isTrue();

        platform.start(Service.BOOKING);
        Wire.Answer second = office.post("/api/bookings", wanted, key);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.json().get("id").asText())
                .isEqualTo(booking.value("select id::text from bookings where customer_name = ?", name));
        assertThat(made(name)).isEqualTo(1);
    }

    private long made(String name) {
        return booking.count("select count(*) from bookings where customer_name = ?", name);
    }

    private static void lockOutbox(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("lock table outbox in share row exclusive mode");
        }
    }

    private static void signal(String signal, long pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", signal, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }
}
