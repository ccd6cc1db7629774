package dev.frontdesk.local;

import static org.awaitility.Awaitility.await;

import dev.frontdesk.testing.Broker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One more process of a service beside the platform's own, on a port of its own and with settings of its own. */
public final class SecondInstance implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final int port;
    private final Path log;
    private final Process process;

    private SecondInstance(int port, Path log, Process process) {
        this.port = port;
        this.log = log;
        this.process = process;
    }

    /** Starts it and waits until it is ready. */
    public static SecondInstance of(Service service, Map<String, String> environment) throws IOException {
        return started(service, environment).ready();
    }

    /** Returns when it is. */
    public SecondInstance ready() {
        try {
            await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> status("/q/health/ready") == 200);
            return this;
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Starts it and does not wait. */
    public static SecondInstance started(Service service, Map<String, String> environment) throws IOException {
        Settings settings = TestPlatform.running().settings();
        int port = Broker.freePort();
        Path application = service.application(settings.root());
        Path log = Path.of("target", "second-" + service.module() + "-" + port + ".log");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(ServiceJvm.arguments(application));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(application.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(ServiceJvm.environment(settings, service));
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        builder.environment().putAll(environment);
        return new SecondInstance(port, log, builder.start());
    }

    public int port() {
        return port;
    }

    public URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    /** What it prints. */
    public Path log() {
        return log;
    }

    public Process process() {
        return process;
    }

    int status(String path) throws IOException, InterruptedException {
        return HTTP.send(
                        HttpRequest.newBuilder(uri(path))
                                .timeout(Duration.ofSeconds(5))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
