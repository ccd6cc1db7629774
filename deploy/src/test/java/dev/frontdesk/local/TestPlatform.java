package dev.frontdesk.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** The one platform that all end-to-end tests of this JVM share: on free ports, with data of its own, stopped with it. */
public final class TestPlatform {
    private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

    /** An erasure's second pass, for what was being written during the first, waits less here. */
    private static final Map<String, String> QUICKER =
            Map.of("FRONTDESK_ERASURE_SETTLE", "PT2S", "FRONTDESK_ERASURE_SWEEP", "1s");

    private static Platform platform;
    /** Never closed: the lock on it ends with this JVM. */
    private static FileChannel held;

    private static RuntimeException failure;

    private TestPlatform() {}

    public static synchronized Platform running() {
        if (platform == null && failure == null) {
            KAFKA.setLevel(Level.SEVERE);
            Path data = emptied(ownFolder().toAbsolutePath());
            Platform starting = new Platform(Settings.elsewhere(root(), data), QUICKER, System.out::println);
            Runtime.getRuntime().addShutdownHook(new Thread(starting::close, "stop-platform"));
            try {
                platform = starting.start();
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return platform;
    }

    /** The first folder that no other JVM holds. */
    private static Path ownFolder() {
        try {
            for (int number = 1; ; number++) {
                FileChannel file = FileChannel.open(
                        Path.of("target", "platform-" + number + ".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                if (file.tryLock() != null) {
                    held = file;
                    return Path.of("target", "platform-" + number);
                }
                file.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The project's root; tests run in the module's folder. */
    static Path root() {
        return Path.of("").toAbsolutePath().getParent();
    }

    static Path emptied(Path folder) {
        try {
            if (Files.exists(folder)) {
                List<Path> inside;
                try (Stream<Path> files = Files.walk(folder)) {
                    inside = files.sorted(Comparator.reverseOrder()).toList();
                }
                for (Path file : inside) {
                    Files.delete(file);
                }
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** host:port of its PostgreSQL. */
    public static String postgresAddress() {
        return "localhost:" + running().settings().postgres();
    }
}
