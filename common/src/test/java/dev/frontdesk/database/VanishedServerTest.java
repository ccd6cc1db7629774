package dev.frontdesk.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class VanishedServerTest {

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void aConnectionWaitsTenSecondsForAnAcknowledgement() {
        PgConnectOptions options = VanishedServer.isNoticedBy(new PgConnectOptions());
        assertThat(options.getTcpUserTimeout()).isEqualTo(10_000);
        assertThat(options.isTcpKeepAlive()).isTrue();
        assertThat(options.getConnectTimeout()).isEqualTo(5_000);
    }

    /** Without it the limit above is ignored without a word. */
    @Test
    @EnabledOnOs(
            value = OS.LINUX,
            architectures = {"amd64", "aarch64"})
    void linuxOwnTransportIsThere() {
        assertThat(vertx.isNativeTransportEnabled()).isTrue();
    }

    /** It has exceptions of its own. */
    @Test
    void aConnectionThatIsResetIsAnOutage() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> reset = CompletableFuture.runAsync(() -> reset(server));
            PgConnectOptions options = VanishedServer.isNoticedBy(new PgConnectOptions())
                    .setHost(server.getInetAddress().getHostAddress())
                    .setPort(server.getLocalPort())
                    .setUser("nobody")
                    .setPassword("none")
                    .setDatabase("none");
            Throwable failure = catchThrowable(() -> PgConnection.connect(vertx, options)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS));
            reset.get(10, TimeUnit.SECONDS);
            assertThat(Outage.isCauseOf(failure.getCause())).as("%s", failure).isTrue();
        }
    }

    private static void reset(ServerSocket server) {
        try (Socket client = server.accept()) {
            client.getInputStream().read();
            // Closed so, it is reset.
            client.setSoLinger(true, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
