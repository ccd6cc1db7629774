package dev.frontdesk.storm;

import dev.frontdesk.local.Settings;
import dev.frontdesk.testing.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The PostgreSQL server itself: stopped and started as an operator or a power cut would, made to hesitate, demoted. */
final class DatabaseServer {
    private static final Pattern ARGUMENT = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    private final Path data;
    private final Path log;
    private final String url;
    private final Database postgres;

    DatabaseServer(Settings settings) {
        data = settings.data().resolve("postgres");
        log = settings.data().resolve("logs/postgres-restarted.log");
        url = "jdbc:postgresql://localhost:%d/postgres".formatted(settings.postgres());
        postgres = Database.at("localhost:" + settings.postgres(), "postgres", "postgres");
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
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            // PostgreSQL refuses to run as root; in a user namespace of its own it does not see that it is.
            command.addAll(List.of("unshare", "-U"));
        }
        Matcher argument = ARGUMENT.matcher(lines("postmaster.opts").get(0));
        while (argument.find()) {
            command.add(argument.group(1) == null ? argument.group(2) : argument.group(1));
        }
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Wait.until(60, "PostgreSQL starts", this::answers);
    }

    private boolean answers() {
        try {
            return postgres.count("select 1") == 1;
        } catch (IllegalStateException e) {
            return false;
        }
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

    private void set(String name, String value) {
        try (Connection connection = DriverManager.getConnection(url, "postgres", "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("set default_transaction_read_only = off");
            statement.execute("alter system set %s = %s".formatted(name, value));
            statement.execute("select pg_reload_conf()");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> lines(String file) {
        try {
            return Files.readAllLines(data.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
