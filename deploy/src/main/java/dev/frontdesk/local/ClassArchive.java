package dev.frontdesk.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a service's JVM had loaded by the time it ended, in a file that the next start maps instead of loading it again: a class
 * data sharing archive, from Java 25 on an AOT cache. Asked for by FRONTDESK_CLASS_ARCHIVES=on: the first orderly end after a
 * build takes some seconds longer, every start after it a third less. A JVM that cannot use the file does without.
 */
final class ClassArchive {
    private static final boolean WANTED = "on".equals(System.getenv("FRONTDESK_CLASS_ARCHIVES"));
    private static final boolean AOT_CACHE = Runtime.version().feature() >= 25;

    /** How long the end of a JVM may take that writes one, with four others doing the same. */
    static final int SECONDS_TO_WRITE = WANTED ? 60 : 0;

    private ClassArchive() {}

    /** The JVM options that use the application's archive, or write it where there is none of this build and this Java. */
    static List<String> options(Path application) {
        if (!WANTED) {
            return List.of();
        }
        Path archive = application.resolveSibling("classes-" + Runtime.version() + (AOT_CACHE ? ".aot" : ".jsa"));
        if (isNewer(archive, application.resolve("quarkus-run.jar"))) {
            return List.of((AOT_CACHE ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + archive);
        }
        return List.of((AOT_CACHE ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + archive);
    }

    private static boolean isNewer(Path archive, Path jar) {
        try {
            return Files.exists(archive)
                    && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
