package dev.frontdesk.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A real PostgreSQL 18 with the five databases, each with its owner role and its app role. In these local roles the
 * password is the role's name; the superuser is {@code postgres}/{@code postgres}.
 */
public final class Postgres implements AutoCloseable {
    public static final List<String> DATABASES = List.of("booking", "call", "sms", "customer", "analytics");

    private final String host;
    private final int port;
    private final AutoCloseable server;

    private Postgres(String host, int port, AutoCloseable server) {
        this.host = host;
        this.port = port;
        this.server = server;
    }

    /** A throw-away server on a free port: in a container where Docker answers, else embedded and without fsync. */
    public static Postgres throwAway() {
        if (Docker.answers()) {
            PostgreSQLContainer container = new PostgreSQLContainer("postgres:18")
                    .withUsername("postgres")
                    .withPassword("postgres")
                    .withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=300");
            container.start();
            return new Postgres(
                            container.getHost(),
                            container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                            container::stop)
                    .withDatabases();
        }
        return embedded(embedded().setCleanDataDirectory(true).setServerConfig("synchronous_commit", "off"));
    }

    /** An embedded server that keeps its data in {@code data} and survives a power cut as a production one would. */
    public static Postgres durable(Path data, int port) {
        return embedded(embedded()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(
                        data.resolveSibling("postgres-binaries").toFile())
                .setPort(port)
                // The owner stops it after everything that uses it, not whenever the JVM feels like it.
                .setRegisterShutdownHook(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on"));
    }

    private static EmbeddedPostgres.Builder embedded() {
        Path binaries = Path.of(System.getProperty("java.io.tmpdir"), "frontdesk-" + System.getProperty("user.name"));
        return EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(binaries.toFile())
                .setPGStartupWait(Duration.ofSeconds(60))
                .setLocaleConfig("locale", "C.UTF-8")
                .setServerConfig("listen_addresses", "localhost")
                // Sockets in /tmp would be all that is left outside the data directory.
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("max_connections", "200")
                .setServerConfig("timezone", "UTC");
    }

    private static Postgres embedded(EmbeddedPostgres.Builder builder) {
        try {
            EmbeddedPostgres server = builder.start();
            return new Postgres("localhost", server.getPort(), server).withDatabases();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start", e);
        }
    }

    public String host() {
        return host;
    }

    public int port() {
        return port;
    }

    /** Creates what is missing of the databases and roles, so a kept data directory may be opened again. */
    private Postgres withDatabases() {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://%s:%d/postgres".formatted(host, port), "postgres", "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("alter role postgres password 'postgres'");
            for (String database : DATABASES) {
                createRole(statement, database + "_owner");
                createRole(statement, database + "_app");
                if (!exists(connection, "select 1 from pg_database where datname = ?", database)) {
                    statement.execute("create database %1$s owner %1$s_owner".formatted(database));
                }
                statement.execute("revoke all on database %s from public".formatted(database));
                statement.execute("grant connect on database %1$s to %1$s_app".formatted(database));
            }
            return this;
        } catch (SQLException e) {
            throw new IllegalStateException("The databases could not be prepared", e);
        }
    }

    private static void createRole(Statement statement, String role) throws SQLException {
        if (!exists(statement.getConnection(), "select 1 from pg_roles where rolname = ?", role)) {
            statement.execute("create role %1$s login password '%1$s' nosuperuser nocreatedb nocreaterole nobypassrls"
                    .formatted(role));
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            return statement.executeQuery().next();
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (Exception e) {
            throw new IllegalStateException("PostgreSQL did not stop", e);
        }
    }
}
