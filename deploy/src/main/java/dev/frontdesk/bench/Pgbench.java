package dev.frontdesk.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * PostgreSQL's own benchmark, running the very statement the service ran, as the service's app role, over as many connections
 * as the service's pool has.
 */
final class Pgbench {

    private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+)");
    private static final int CONNECTIONS = 10;

    private final Path program;
    private final int port;

    private Pgbench(Path program, int port) {
        this.program = program;
        this.port = port;
    }

    /** pgbench of this machine, wherever Debian or a PATH has it. */
    static Optional<Pgbench> on(int port) {
        Stream<Path> path =
                Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).map(Path::of);
        return Stream.concat(path, debian())
                .map(folder -> folder.resolve("pgbench"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(program -> new Pgbench(program, port));
    }

    /**
     * Transactions per second.
     *
     * @param lines one statement each, without parameters; {@code :n} is a fresh random number, above those of the service
     */
    double run(String database, List<String> lines, Duration length) {
        try {
            Path script = Files.createTempFile("frontdesk", ".sql");
            Files.writeString(script, "\\set n random(1100000000, 2100000000)\n" + String.join(";\n", lines) + ";\n");
            ProcessBuilder builder = new ProcessBuilder(
                    program.toString(),
                    "--no-vacuum",
                    "--protocol=prepared",
                    "--client=" + CONNECTIONS,
                    "--jobs=2",
                    "--time=" + length.toSeconds(),
                    "--file=" + script,
                    "--host=localhost",
                    "--port=" + port,
                    "--username=" + database + "_app",
                    database);
            builder.environment().putAll(Map.of("PGPASSWORD", database + "_app"));
            Process process = builder.redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Files.delete(script);
            Matcher tps = TPS.matcher(said);
            if (process.waitFor() != 0 || !tps.find()) {
                throw new IllegalStateException("pgbench failed:\n" + said);
            }
            return Double.parseDouble(tps.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Stream<Path> debian() {
        Path versions = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(versions)) {
            return Stream.empty();
        }
        try (Stream<Path> each = Files.list(versions)) {
            return each.map(version -> version.resolve("bin")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
