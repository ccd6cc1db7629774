package dev.frontdesk.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.testing.CommonProfile;
import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Infrastructure;
import dev.frontdesk.testing.Inside;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever hangs up or loses patience takes no connection along: all ten go on serving. */
@QuarkusTest
@TestProfile(CommonProfile.class)
@QuarkusTestResource(Infrastructure.class)
class HangUpIT {
    private static final int CONNECTIONS = 10;
    private static final int CUTS = 40;
    private static final Database DB = Database.asSuperuser("call");

    @Inject
    Tenant tenant;

    @TestHTTPResource("/")
    URI base;

    /** As many transactions at once as there are connections, each of which is free again. */
    @AfterEach
    void allConnectionsServe() {
        atOnce(CONNECTIONS, i -> Inside.aRequest(() -> sleeping(0.2)));
        await().untilAsserted(() -> assertThat(DB.rows("""
                        select pid, state, query from pg_stat_activity
                        where usename = 'call_app' and state <> 'idle' and (state <> 'active' or query like '%pg_sleep%')
                        """)).isEmpty());
    }

    private static void atOnce(int many, IntConsumer work) {
        ExecutorService threads = Executors.newFixedThreadPool(many);
        try {
            assertThat(IntStream.range(0, many)
                            .mapToObj(i -> CompletableFuture.runAsync(() -> work.accept(i), threads))
                            .toList())
                    .allSatisfy(it -> assertThat(it).succeedsWithin(Duration.ofSeconds(10)));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void exportsCutInTheMiddle() {
        for (String export : List.of("/slow/panache", "/slow/sql")) {
            atOnce(CUTS, i -> readSomeAndHangUp(export, i));
        }
    }

    @Test
    void aWorkThatTakesTooLong() {
        for (Supplier<Uni<?>> work : List.<Supplier<Uni<?>>>of(
                () -> sleeping(0.1),
                () -> tenant.worker(
                        connection -> connection.query("select pg_sleep(0.1)").execute()),
                () -> tenant.transaction(
                        "acme",
                        () -> Panache.getSession()
                                .chain(session -> session.createNativeQuery(
                                                "select 'x' from pg_sleep(0.1)", String.class)
                                        .getSingleResult())))) {
            for (int i = 0; i < CONNECTIONS + 5; i++) {
                assertThatThrownBy(() -> Inside.aRequest(() -> impatient(work.get())))
                        .isInstanceOf(TimeoutException.class);
            }
        }
    }

    private Uni<?> sleeping(double seconds) {
        return tenant.sql(
                "acme",
                connection ->
                        connection.query("select pg_sleep(" + seconds + ")").execute());
    }

    private static <T> Uni<T> impatient(Uni<T> work) {
        return work.ifNoItem().after(Duration.ofMillis(20)).fail();
    }

    /** Hangs up at another moment of a page each time. */
    private void readSomeAndHangUp(String path, int i) {
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("GET %s HTTP/1.1\r\nHost: x\r\n\r\n".formatted(path).getBytes(StandardCharsets.US_ASCII));
            String begun = new String(socket.getInputStream().readNBytes(4_100 + 137 * i), StandardCharsets.US_ASCII);
            assertThat(begun).startsWith("HTTP/1.1 200").contains("xxxx");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
