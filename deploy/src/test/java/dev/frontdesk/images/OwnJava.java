package dev.frontdesk.images;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A base that has to be fetched from nowhere: the Java that runs the test and the libraries it is linked with. */
final class OwnJava {

    private static final FilePermissions EXECUTABLE = FilePermissions.fromOctalString("755");
    private static final Pattern LINKED = Pattern.compile("(/\\S+)\\s+\\(0x");
    private static final Path HOME = Path.of(System.getProperty("java.home"));

    private OwnJava() {}

    static FileEntriesLayer layer() throws IOException, InterruptedException {
        List<Path> files;
        try (Stream<Path> bin = Stream.of(HOME.resolve("bin/java"));
                Stream<Path> conf = Files.walk(HOME.resolve("conf"), FileVisitOption.FOLLOW_LINKS);
                Stream<Path> lib = Files.walk(HOME.resolve("lib"), FileVisitOption.FOLLOW_LINKS)) {
            files = Stream.of(bin, conf, lib)
                    .flatMap(it -> it)
                    .filter(Files::isRegularFile)
                    .filter(it -> !it.endsWith("src.zip") && !it.endsWith("ct.sym"))
                    .sorted()
                    .toList();
        }
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("java");
        for (Path file : files) {
            add(layer, file, "/usr/" + HOME.relativize(file));
        }
        for (String library : linked(files)) {
            add(layer, Path.of(library), library);
        }
        return layer.build();
    }

    /** With its own date: the archive of Java's classes is only shared when that of the modules is the same. */
    private static void add(FileEntriesLayer.Builder layer, Path file, String to) throws IOException {
        layer.addEntry(
                file.toRealPath(),
                AbsoluteUnixPath.get(to),
                EXECUTABLE,
                Files.getLastModifiedTime(file).toInstant());
    }

    /** Where the linker finds what they need; not what is Java's own. */
    private static Set<String> linked(List<Path> files) throws IOException, InterruptedException {
        List<String> binaries = files.stream()
                .map(Path::toString)
                .filter(it -> it.endsWith("/java") || it.endsWith(".so"))
                // Without screen, sound and printer.
                .filter(it -> !it.matches(".*/lib(awt_xawt|jawt|splashscreen|jsound|fontmanager|freetype)\\.so"))
                .toList();
        Process ldd = new ProcessBuilder(
                        Stream.concat(Stream.of("ldd"), binaries.stream()).toList())
                .redirectErrorStream(true)
                .start();
        String said = new String(ldd.getInputStream().readAllBytes());
        ldd.waitFor();
        return LINKED.matcher(said)
                .results()
                .map(it -> it.group(1))
                .filter(it -> !it.startsWith(HOME.toString()))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
