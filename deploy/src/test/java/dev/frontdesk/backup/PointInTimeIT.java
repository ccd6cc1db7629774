package dev.frontdesk.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything was deleted: a server goes back to the last second when all was well, and to nothing later. */
class PointInTimeIT {

    private static final Path TEMPLATE =
            Path.of("").toAbsolutePath().getParent().resolve("deploy/pitr/pgbackrest.conf");

    @TempDir
    Path folder;

    @Test
    void itGoesBackByPostgresOwnMeans() throws Exception {
        Path archive = Files.createDirectory(folder.resolve("archive"));
        Path base = folder.resolve("base");
        String well;
        try (ArchivedServer server = ArchivedServer.on(folder.resolve("data"))) {
            server.archiveWith("test ! -f %1$s/%%f && cp %%p %1$s/%%f".formatted(archive));
            server.copyTo(base);
            well = server.accident();
        }
        Files.createFile(base.resolve("recovery.signal"));
        Files.writeString(
                base.resolve("postgresql.auto.conf"), """
                restore_command = 'cp %s/%%f %%p'
                recovery_target_time = '%s'
                recovery_target_action = 'promote'
                """.formatted(archive, well), StandardOpenOption.APPEND);
        expectAllButTheAccident(base);
    }

    @Test
    void itGoesBackByPgBackRestWithTheTemplateThatIsShipped() throws Exception {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(it -> Files.isExecutable(Path.of(it, "pgbackrest"))),
                "skipped: there is no pgbackrest here");
        Path data = folder.resolve("data");
        String well;
        List<String> pgBackRest;
        try (ArchivedServer server = ArchivedServer.on(data)) {
            pgBackRest = pgBackRest(data, server.port());
            String said = say(pgBackRest, "stanza-create");
            assumeTrue(
                    said.contains("completed successfully"),
                    "skipped: this pgbackrest does not take PostgreSQL 18; Debian 12's (2.45) does not. " + said);
            server.archiveWith(String.join(" ", pgBackRest) + " archive-push %p");
            assertThat(say(pgBackRest, "backup")).contains("completed successfully");
            well = server.accident();
        }
        assertThat(say(pgBackRest, "--delta", "--type=time", "--target=" + well, "--target-action=promote", "restore"))
                .contains("completed successfully");
        expectAllButTheAccident(data);
    }

    private static void expectAllButTheAccident(Path data) throws Exception {
        try (ArchivedServer back = ArchivedServer.on(data)) {
            assertThat(back.customers()).containsExactly("from after the backup", "from before the backup");
        }
    }

    /** The template, but for where everything is. */
    private List<String> pgBackRest(Path data, int port) throws IOException {
        Path settings = folder.resolve("pgbackrest.conf");
        Files.writeString(
                settings,
                Files.readString(TEMPLATE)
                                .replace("/var/lib/postgresql/18/main", data.toString())
                                .replace("/var/lib/pgbackrest", folder.toString())
                        + """
                        pg1-port=%1$d
                        pg1-user=postgres
                        pg1-socket-path=%2$s
                        log-path=%2$s
                        lock-path=%2$s
                        """.formatted(port, folder));
        return List.of("pgbackrest", "--config=" + settings, "--stanza=frontdesk");
    }

    /** Runs it and gives what it says. */
    private static String say(List<String> command, String... more) throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>(command);
        whole.add("--log-level-console=info");
        whole.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(whole).redirectErrorStream(true);
        // As which user a build runs is nothing to pgBackRest.
        builder.environment().put("PGBACKREST_ALLOW_ROOT", "y");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}
