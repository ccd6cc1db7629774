package dev.frontdesk.backup;

import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A PostgreSQL that archives its log, with a few customers and somebody who deletes them. */
final class ArchivedServer implements AutoCloseable {

    private static final Set<String> RUNNING = Set.of("postmaster.pid", "postmaster.opts", "epg-lock");

    /** PostgreSQL takes no T and no Z here. */
    private static final DateTimeFormatter TYPED =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ssx").withZone(ZoneOffset.UTC);

    private final EmbeddedPostgres server;

    private ArchivedServer(EmbeddedPostgres server) {
        this.server = server;
    }

    /** On a new data folder, or on one that was put back; its socket is beside the folder. */
    static ArchivedServer on(Path data) throws IOException {
        Path binaries = Path.of(System.getProperty("java.io.tmpdir"), "frontdesk-" + System.getProperty("user.name"));
        return new ArchivedServer(EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(binaries.toFile())
                .setLocaleConfig("locale", "C.UTF-8")
                .setServerConfig("listen_addresses", "localhost")
                .setServerConfig("unix_socket_directories", data.getParent().toString())
                .setServerConfig("timezone", "UTC")
                .setServerConfig("archive_mode", "on")
                .start());
    }

    int port() {
        return server.getPort();
    }

    void archiveWith(String command) throws SQLException {
        run("alter system set archive_command = '%s'".formatted(command));
        run("select pg_reload_conf()");
        run("create table customers (name text)");
        run("insert into customers values ('from before the backup')");
    }

    /** With nothing but PostgreSQL's own functions: the files while it runs, then what makes them whole. */
    void copyTo(Path base) throws SQLException, IOException {
        Path data = Path.of(text("show data_directory"));
        try (Connection session = server.getPostgresDatabase().getConnection();
                Statement statement = session.createStatement()) {
            statement.execute("select pg_backup_start('drill', fast => true)");
            copy(data, base);
            try (ResultSet stopped = statement.executeQuery("select labelfile from pg_backup_stop()")) {
                stopped.next();
                Files.writeString(base.resolve("backup_label"), stopped.getString(1));
            }
        }
    }

    /** A customer comes; a second later all are deleted and another comes. Gives the last second when all was well. */
    String accident() throws SQLException {
        run("insert into customers values ('from after the backup')");
        Instant well = now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        await().until(() -> now().isAfter(well));
        run("delete from customers");
        run("insert into customers values ('from too late')");
        run("select pg_switch_wal()");
        return TYPED.format(well);
    }

    /** Once it serves: until then it is reading the archive. */
    List<String> customers() throws SQLException {
        await().until(() -> text("select pg_is_in_recovery()").equals("f"));
        List<String> names = new ArrayList<>();
        try (Connection session = server.getPostgresDatabase().getConnection();
                Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery("select name from customers order by name")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    void run(String sql) throws SQLException {
        try (Connection session = server.getPostgresDatabase().getConnection();
                Statement statement = session.createStatement()) {
            statement.execute(sql);
        }
    }

    private Instant now() throws SQLException {
        return Instant.ofEpochMilli(
                Long.parseLong(text("select trunc(extract(epoch from clock_timestamp()) * 1000)::bigint")));
    }

    private String text(String sql) throws SQLException {
        try (Connection session = server.getPostgresDatabase().getConnection();
                Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    /** All but what belongs to the running process and the log, which comes from the archive. */
    private static void copy(Path data, Path base) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(data)) {
            files = walk.filter(it -> !RUNNING.contains(it.getFileName().toString()))
                    .filter(it -> !it.startsWith(data.resolve("pg_wal")) || Files.isDirectory(it))
                    .toList();
        }
        for (Path file : files) {
            Files.copy(file, base.resolve(data.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /** As an operator stops it: the rest of the log is archived. */
    @Override
    public void close() throws IOException {
        server.close();
    }
}
