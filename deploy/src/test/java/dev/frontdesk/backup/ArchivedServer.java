package dev.frontdesk.backup;

import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
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

/** A PostgreSQL that archives its log, with a few customers and somebody who deletes them. */
final class ArchivedServer implements AutoCloseable {

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

    void copyTo(Path base) throws SQLException, IOException {
        try (Connection session = server.getPostgresDatabase().getConnection()) {
            BaseBackup.copy(session, Path.of(text("show data_directory")), base);
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

    /** As an operator stops it: the rest of the log is archived. */
    @Override
    public void close() throws IOException {
        server.close();
    }
}
