package dev.frontdesk.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.testing.Broker;
import dev.frontdesk.testing.Database;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a person at a terminal sees of deploy/up when things are not as they should be. */
class UpIT {
    private final Path data = TestPlatform.emptied(
            Path.of("target", "up-" + UUID.randomUUID().toString().substring(0, 8))
                    .toAbsolutePath());
    private final Map<String, String> environment = new HashMap<>();
    private final List<Process> started = new ArrayList<>();

    UpIT() {
        environment.put("FRONTDESK_DATA", data.toString());
        Settings.of(Map.of())
                .ports()
                .forEach(port -> environment.put(port.variable(), Integer.toString(Broker.freePort())));
    }

    @AfterEach
    void nothingKeepsRunning() throws Exception {
        for (Process process : started) {
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        java("down", Down.class).waitFor();
        TestPlatform.emptied(data);
    }

    @Test
    void aTakenPortIsNamedWithTheVariableThatChangesIt() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            environment.put("SMS_PORT", Integer.toString(taken.getLocalPort()));
            Process up = java("up", Up.class);
            assertThat(up.waitFor()).isEqualTo(1);
            assertThat(said("up")).contains("Port " + taken.getLocalPort(), "sms-service", "SMS_PORT=");
        }
    }

    @Test
    void aKilledPlatformIsClearedAwayByTheNextAndItsDataIsStillThere() throws Exception {
        Process first = java("first", Up.class);
        awaitReady("first", first);
        Process second = java("second", Up.class);
        assertThat(second.waitFor()).isEqualTo(1);
        assertThat(said("second")).contains("already running");
        postgres().run("create table kept (it int)");

        first.destroyForcibly().waitFor();
        Process third = java("third", Up.class);
        awaitReady("third", third);
        assertThat(said("third")).contains("stopped what it left running", "booking-service", "kafka", "postgres");
        assertThat(postgres().count("select count(*) from kept")).isZero();

        third.destroy();
        assertThat(third.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(ProcessHandle.allProcesses()
                        .filter(process ->
                                process.info().commandLine().orElse("").contains("@" + data)))
                .isEmpty();
        assertThat(Listening.on(Integer.parseInt(environment.get("POSTGRES_PORT"))))
                .isFalse();
    }

    private Database postgres() {
        return Database.at("localhost:" + environment.get("POSTGRES_PORT"), "booking", "postgres");
    }

    private void awaitReady(String name, Process up) {
        await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> {
            assertThat(up.isAlive()).as(said(name)).isTrue();
            assertThat(said(name)).contains("Frontdesk is ready");
        });
    }

    private Process java(String name, Class<?> main) throws IOException {
        Files.createDirectories(data);
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:TieredStopAtLevel=1",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dfrontdesk.root=" + TestPlatform.root(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName());
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true)
                .redirectOutput(data.resolve(name + ".txt").toFile());
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private String said(String name) throws IOException {
        return Files.readString(data.resolve(name + ".txt"));
    }
}
