package dev.frontdesk.backup;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** The PostgreSQL server with the five databases, seen by a superuser. */
record Server(String address, String user, String password) {

    static Server of(Map<String, String> environment) {
        return new Server(
                environment.getOrDefault("POSTGRES_HOST", "localhost") + ":"
                        + environment.getOrDefault("POSTGRES_PORT", "15432"),
                environment.getOrDefault("BACKUP_USER", "postgres"),
                environment.getOrDefault("BACKUP_PASSWORD", "postgres"));
    }

    /** A connection in a transaction that sees one moment of the database. */
    Connection connect(String database) throws SQLException {
        Connection connection =
                DriverManager.getConnection("jdbc:postgresql://" + address + "/" + database, user, password);
        try (Statement statement = connection.createStatement()) {
            // How values are written shall not depend on who writes them.
            statement.execute(
                    "set timezone = 'UTC'; set datestyle = 'ISO'; set intervalstyle = 'postgres'; set bytea_output = 'hex';"
                            + " set extra_float_digits = 1");
        }
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        return connection;
    }
}
