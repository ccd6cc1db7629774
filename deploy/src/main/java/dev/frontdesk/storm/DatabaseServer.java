package dev.frontdesk.storm;

import dev.frontdesk.backup.BaseBackup;
import dev.frontdesk.local.Folder;
import dev.frontdesk.local.Service;
import dev.frontdesk.testing.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PostgreSQL server: stopped and started as an operator or a power cut would, made to hesitate, demoted, followed by another
 * that can take its place.
 */
final class DatabaseServer {
    private static final Pattern ARGUMENT = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    private final Path data;
    private final int port;
    private final Database postgres;

    DatabaseServer(Path data, int port) {
        this.data = data;
        this.port = port;
        postgres = Database.at("localhost:" + port, "postgres", "postgres");
    }

    int port() {
        return port;
    }

    /** @param signal INT stops fast, QUIT at once, as if the machine had lost its power */
    void stop(String signal) {
        long pid = Long.parseLong(lines("postmaster.pid").get(0).trim());
        Signal.send(signal, pid);
        Wait.until(
                30,
                "PostgreSQL stops",
                () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }

    /** With the command line it was started with. */
    void start() {
        start(arguments());
    }

    private void start(List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            // PostgreSQL refuses to run as root; in a user namespace of its own it does not see that it is.
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            data.resolveSibling("logs/postgres-restarted.log").toFile()))
                    .start();
            // Whatever goes wrong, it does not outlive the storm; it waits for whoever is still connected.
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "stop-postgres"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Wait.until(60, "PostgreSQL starts", this::answers);
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        Matcher argument = ARGUMENT.matcher(lines("postmaster.opts").get(0));
        while (argument.find()) {
            arguments.add(argument.group(1) == null ? argument.group(2) : argument.group(1));
        }
        return arguments;
    }

    private boolean answers() {
        try {
            return postgres.count("select 1") == 1;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** Another server that has everything this one has, and gets what this one writes; it answers, but reads only. */
    DatabaseServer standby(Path folder, int at) {
        List<String> arguments = arguments();
        arguments.set(1 + arguments.indexOf("-D"), folder.toString());
        arguments.set(1 + arguments.indexOf("-p"), Integer.toString(at));
        set("wal_keep_size", "'1GB'");
        try (Connection connection = connect()) {
            Folder.delete(folder);
            BaseBackup.copy(connection, data, folder);
            Files.createFile(folder.resolve("standby.signal"));
            Files.writeString(
                    folder.resolve("postgresql.auto.conf"),
                    "primary_conninfo = 'host=localhost port=%d user=postgres password=postgres'%n".formatted(port),
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        DatabaseServer standby = new DatabaseServer(folder, at);
        standby.start(arguments);
        return standby;
    }

    /** From here on nothing is acknowledged that the standby does not have. */
    void commitWithStandby() {
        set("synchronous_standby_names", "'*'");
        Wait.until(
                30,
                "the standby follows",
                () -> postgres.count("select count(*) from pg_stat_replication where sync_state = 'sync'") == 1);
    }

    /** The standby takes over. */
    void lead() {
        postgres.count("select 1 where pg_promote()");
    }

    /** Transactions are committed and nobody is told: each waits for a standby that does not exist. */
    void withholdCommits() {
        set("synchronous_standby_names", "'nobody'");
    }

    void releaseCommits() {
        set("synchronous_standby_names", "''");
    }

    /** How many commits of this database are written and not yet answered. */
    long withheld(String database) {
        return postgres.count(
                "select count(*) from pg_stat_activity where datname = ? and wait_event = 'SyncRep'", database);
    }

    /** As a demoted primary, which connections outlive: every write is refused with 25006. */
    void demote() {
        set("default_transaction_read_only", "on");
    }

    void promote() {
        set("default_transaction_read_only", "off");
    }

    /** One more database for the roles of a service, with nothing in it. */
    void create(String database, Service service) {
        run(
                "create database %s owner %s_owner".formatted(database, service.database()),
                "revoke all on database %s from public".formatted(database),
                "grant connect on database %s to %s_app".formatted(database, service.database()));
    }

    private void set(String name, String value) {
        run(
                "set default_transaction_read_only = off",
                "alter system set %s = %s".formatted(name, value),
                "select pg_reload_conf()");
    }

    /** Outside a transaction. */
    private void run(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://localhost:%d/postgres".formatted(port), "postgres", "postgres");
    }

    private List<String> lines(String file) {
        try {
            return Files.readAllLines(data.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
