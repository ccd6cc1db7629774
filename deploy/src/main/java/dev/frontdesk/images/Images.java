package dev.frontdesk.images;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.Port;
import dev.frontdesk.testing.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * {@code deploy/images}: an image of each service as a file, {@code <service>/target/image.tar}, built without a daemon: the
 * libraries in one layer, what changes with every build in another, a user that is not root, nothing that is written to.
 */
public final class Images {

    private static final String HELP = """
            deploy/images [--base IMAGE]    writes <service>/target/image.tar for the five services (`docker load`, `skopeo copy` and
                                            `crane push` take it). IMAGE has a JRE, 17 or newer: a name, eclipse-temurin:17-jre by
                                            default, or a file, tar:/absolute/base.tar.
            """;

    private Images() {}

    public static void main(String[] arguments) throws Exception {
        List<String> given = Arrays.asList(arguments);
        if (given.contains("--help")) {
            System.out.print(HELP);
            return;
        }
        int at = given.indexOf("--base");
        String base = at < 0 ? "eclipse-temurin:17-jre" : given.get(at + 1);
        Path root = Path.of(System.getProperty("frontdesk.root", "")).toAbsolutePath();
        for (String database : Postgres.DATABASES) {
            Path target = root.resolve(database + "-service/target");
            Path image = write(
                    from(base),
                    target.resolve("quarkus-app"),
                    ImageReference.of(null, "frontdesk/" + database + "-service", "1.0.0"),
                    target.resolve("image.tar"));
            System.out.printf("%s, %d MiB%n", root.relativize(image), Files.size(image) >> 20);
        }
        // Jib's threads would keep the process.
        System.exit(0);
    }

    static JibContainerBuilder from(String base) throws Exception {
        return base.startsWith("tar:")
                ? Jib.from(TarImage.at(Path.of(base.substring("tar:".length()))))
                : Jib.from(RegistryImage.named(base));
    }

    /** Writes one image; the same input gives the same bytes. */
    static Path write(JibContainerBuilder base, Path application, ImageReference name, Path tar) throws Exception {
        base.addFileEntriesLayer(layer("libraries", application, "lib"))
                .addFileEntriesLayer(layer("application", application, "app", "quarkus", "quarkus-run.jar"))
                .setEntrypoint(
                        "java",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-jar",
                        "/app/quarkus-run.jar")
                .setWorkingDirectory(AbsoluteUnixPath.get("/app"))
                .setUser("10001:10001")
                .setExposedPorts(Port.tcp(8080))
                .setEnvironment(Map.of("QUARKUS_HTTP_PORT", "8080", "MALLOC_ARENA_MAX", "2"))
                .addLabel("org.opencontainers.image.title", name.getRepository())
                .containerize(Containerizer.to(TarImage.at(tar).named(name))
                        .setToolName("frontdesk")
                        .setApplicationLayersCache(tar.resolveSibling("image-layers"))
                        .setBaseImageLayersCache(tar.resolveSibling("image-base")));
        return tar;
    }

    private static FileEntriesLayer layer(String name, Path application, String... parts) throws IOException {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
        for (String part : parts) {
            layer.addEntryRecursive(application.resolve(part), AbsoluteUnixPath.get("/app/" + part));
        }
        return layer.build();
    }
}
