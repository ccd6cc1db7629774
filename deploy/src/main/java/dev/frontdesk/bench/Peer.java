package dev.frontdesk.bench;

import dev.frontdesk.local.Settings;
import dev.frontdesk.testing.Broker;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A service in another framework that runs the statement of one hot path behind the same request; see deploy/peers. */
final class Peer implements AutoCloseable {

    /** Folder under deploy/peers, and what the table calls it. */
    static final Map<String, String> ALL = Map.of("vertx", "plain Vert.x", "spring", "Spring WebFlux");

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final int port;
    private final double readyIn;
    private final long idle;

    private Peer(Process process, int port, double readyIn) {
        this.process = process;
        this.port = port;
        this.readyIn = readyIn;
        this.idle = Processes.resident(process.pid());
    }

    /** Starts one with the JVM options of the services and returns when it answers. */
    static Peer start(String folder, Settings settings, String database, Script script) {
        int port = Broker.freePort();
        Path jar = settings.root().resolve("deploy/peers").resolve(folder).resolve("target/peer.jar");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Footprint.javaOptions());
        command.addAll(List.of("-jar", jar.toString()));
        File log = settings.data().resolve("peer-" + folder + ".log").toFile();
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log);
        builder.environment()
                .putAll(Map.of(
                        "PEER_PORT", Integer.toString(port),
                        "PEER_DATABASE", database,
                        "PEER_STATEMENT", script.json(),
                        "PEER_PUBLIC_URL", settings.gatewayUrl(),
                        "PEER_TOKEN", Workloads.TOKEN,
                        "POSTGRES_PORT", Integer.toString(settings.postgres()),
                        "MALLOC_ARENA_MAX", "2"));
        try {
            long since = System.nanoTime();
            Process process = builder.start();
            awaitReady(process, port, log);
            return new Peer(process, port, (System.nanoTime() - since) / 1e9);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitReady(Process process, int port, File log) {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/ready".formatted(port)))
                .timeout(Duration.ofSeconds(5))
                .build();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!answers(http, ready)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                process.destroyForcibly();
                throw new IllegalStateException("The peer did not start; its log is " + log);
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private static boolean answers(HttpClient http, HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** What it took so far, for a table. */
    String footprint() {
        return "ready in %.1f s, %d MiB idle, %d MiB loaded"
                .formatted(readyIn, idle, Processes.resident(process.pid()));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
