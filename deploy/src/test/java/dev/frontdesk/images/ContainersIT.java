package dev.frontdesk.images;

import static dev.frontdesk.images.Engine.docker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import dev.frontdesk.local.Service;
import dev.frontdesk.local.Settings;
import dev.frontdesk.local.TestPlatform;
import dev.frontdesk.testing.Broker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * The images in a container engine as the manifests have a cluster run them: as nobody special, with a root they cannot
 * write, no capability and the memory of a pod. Where no engine answers on this machine, it is skipped. Two services say most of
 * it; {@code -Dfrontdesk.containers=all} runs all five. {@code -Dfrontdesk.images.base=} is what deploy/images has as --base.
 */
class ContainersIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path FOLDER = Path.of("target/containers").toAbsolutePath();
    private static final List<Service> SERVICES = System.getProperty("frontdesk.containers") == null
            ? List.of(Service.CALL, Service.ANALYTICS)
            : List.of(Service.values());

    private static final List<String> IMAGES = new ArrayList<>();
    private static final Map<Service, String> RUNNING = new TreeMap<>();

    private static Manifest manifest;
    private static Settings platform;

    @AfterAll
    static void leaveNothing() throws Exception {
        for (String container : RUNNING.values()) {
            docker("rm", "--force", container);
        }
        if (!IMAGES.isEmpty()) {
            docker(Stream.concat(Stream.of("image", "rm"), IMAGES.stream()).toList());
        }
    }

    @Test
    void everyImageServesWithinWhatItsManifestAllows() throws Exception {
        String absence = Engine.absence();
        assumeTrue(absence.isEmpty(), "skipped: " + absence + ", so no image is run");
        manifest = Manifest.inBase(ROOT.resolve("deploy/kubernetes/base"));
        platform = TestPlatform.running().settings();
        makeImages();
        for (Service service : SERVICES) {
            int port = Broker.freePort();
            long since = System.nanoTime();
            String container = docker(run(service, port));
            RUNNING.put(service, container);
            await().atMost(Duration.ofSeconds(120))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> isReady(port) || hasEnded(container));
            System.out.printf(
                    "  %-20s ready as the manifest runs it (%.1f s)%n",
                    service.module(), (System.nanoTime() - since) / 1e9);
            assertThat(hasEnded(container)).as(() -> said(container)).isFalse();
            expectNoPrivilege(container);
        }
        System.out.println(docker(Stream.concat(
                        Stream.of("stats", "--no-stream", "--format", "  {{.Name}} {{.MemUsage}} {{.MemPerc}}"),
                        RUNNING.values().stream())
                .toList()));
        docker(Stream.concat(Stream.of("stop", "--time=40"), RUNNING.values().stream())
                .toList());
        for (String container : RUNNING.values()) {
            // 143: ended by the SIGTERM it was sent, within its grace.
            assertThat(docker("inspect", "--format", "{{.State.ExitCode}} {{.State.OOMKilled}}", container))
                    .as(() -> said(container))
                    .isEqualTo("143 false");
        }
    }

    private static void makeImages() throws Exception {
        String given = System.getProperty("frontdesk.images.base");
        FileEntriesLayer java = given == null ? OwnJava.layer() : null;
        Files.createDirectories(FOLDER);
        for (Service service : SERVICES) {
            Path application = ROOT.resolve(service.module()).resolve("target/quarkus-app");
            JibContainerBuilder base = given == null ? Jib.fromScratch().addFileEntriesLayer(java) : Images.from(given);
            docker("load", "--input=" + Images.write(base, application, image(service), tar(service)));
            IMAGES.add(image(service).toString());
            Files.delete(tar(service));
        }
    }

    private static ImageReference image(Service service) {
        return ImageReference.of(null, "frontdesk/" + service.module(), "under-test");
    }

    private static Path tar(Service service) {
        return FOLDER.resolve(service.module() + ".tar");
    }

    /** The ConfigMap as it is, but for where this machine has the database, the broker and a free port. */
    private static List<String> run(Service service, int port) {
        Map<String, String> told = new TreeMap<>(manifest.settings());
        told.put("HTTP_HOST", "127.0.0.1");
        told.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        told.put("POSTGRES_HOST", "127.0.0.1");
        told.put("POSTGRES_PORT", Integer.toString(platform.postgres()));
        told.put("KAFKA_BOOTSTRAP_SERVERS", platform.bootstrapServers());
        told.put("DB_PASSWORD", service.database() + "_app");
        List<String> command = new ArrayList<>(List.of("run", "--detach", "--network=host"));
        command.add("--name=%s-%d".formatted(service.module(), port));
        command.addAll(manifest.options());
        command.add(manifest.secret("frontdesk-clients", ROOT.resolve("deploy/local/clients.properties")));
        told.forEach((name, value) -> command.add("--env=" + name + "=" + value));
        command.add(image(service).toString());
        return command;
    }

    private static boolean isReady(int port) throws InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + manifest.readiness());
        try {
            return HTTP.send(
                                    HttpRequest.newBuilder(uri)
                                            .timeout(Duration.ofSeconds(3))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static boolean hasEnded(String container) throws Exception {
        return docker("inspect", "--format", "{{.State.Running}}", container).equals("false");
    }

    private static String said(String container) {
        try {
            return docker("logs", "--tail=40", container);
        } catch (IOException | InterruptedException e) {
            return e.toString();
        }
    }

    /** What the kernel says of the process, whatever the engine was asked. */
    private static void expectNoPrivilege(String container) throws Exception {
        Path process = Path.of("/proc", docker("inspect", "--format", "{{.State.Pid}}", container));
        String status = Files.readString(process.resolve("status"));
        String user = Long.toString(manifest.pod().getSecurityContext().getRunAsUser());
        assertThat(status)
                .containsPattern("Uid:\\s+%1$s\\s+%1$s\\s".formatted(user))
                .containsPattern("CapEff:\\s+0+\\s")
                .containsPattern("CapBnd:\\s+0+\\s")
                .containsPattern("NoNewPrivs:\\s+1\\s")
                .containsPattern("Seccomp:\\s+2\\s");
        assertThat(Files.readAllLines(process.resolve("mounts")))
                .anyMatch(it -> it.matches("\\S+ / \\S+ ro,.*"))
                .anyMatch(it -> it.matches("\\S+ /tmp tmpfs rw,.*"));
    }
}
