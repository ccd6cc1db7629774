package dev.frontdesk.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A database seen from outside the service, in plain SQL: as the superuser (row level security does not apply), as its
 * owner, or as the app role with or without a client bound. Each call is a connection and a transaction of its own.
 */
public final class Database {
    private final String url;
    private final String role;
    private final String clientId;

    private Database(String url, String role, String clientId) {
        this.url = url;
        this.role = role;
        this.clientId = clientId;
    }

    public static Database asSuperuser(String database) {
        return at(Infrastructure.postgresAddress(), database, "postgres");
    }

    public static Database asOwner(String database) {
        return at(Infrastructure.postgresAddress(), database, database + "_owner");
    }

    public static Database asApp(String database) {
        return at(Infrastructure.postgresAddress(), database, database + "_app");
    }

    /** @param address host:port of a server whose role passwords are the role names */
    public static Database at(String address, String database, String role) {
        return new Database("jdbc:postgresql://" + address + "/" + database, role, null);
    }

    /** The same role with {@code app.client_id} bound. */
    public Database client(String id) {
        return new Database(url, role, id);
    }

    /** Runs one statement and says how many rows it changed. */
    public int run(String sql, Object... arguments) {
        return with(sql, arguments, statement -> {
            statement.execute();
            return Math.max(statement.getUpdateCount(), 0);
        });
    }

    /** The rows, columns by name in the order of the query. */
    public List<Map<String, Object>> rows(String sql, Object... arguments) {
        return with(sql, arguments, Database::readRows);
    }

    /** The first column of the only row; null when there is no row. */
    public Object value(String sql, Object... arguments) {
        List<Map<String, Object>> rows = rows(sql, arguments);
        return rows.isEmpty() ? null : rows.get(0).values().iterator().next();
    }

    public long count(String sql, Object... arguments) {
        return ((Number) value(sql, arguments)).longValue();
    }

    private static List<Map<String, Object>> readRows(PreparedStatement statement) throws SQLException {
        List<Map<String, Object>> rows = new ArrayList<>();
        try (ResultSet results = statement.executeQuery()) {
            ResultSetMetaData columns = results.getMetaData();
            while (results.next()) {
                Map<String, Object> row = new LinkedHashMap<>();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    row.put(columns.getColumnLabel(i), results.getObject(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private interface Work<T> {
        T on(PreparedStatement statement) throws SQLException;
    }

    private <T> T with(String sql, Object[] arguments, Work<T> work) {
        try (Connection connection = DriverManager.getConnection(url, role, role)) {
            connection.setAutoCommit(false);
            if (clientId != null) {
                bind(connection);
            }
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < arguments.length; i++) {
                    statement.setObject(i + 1, arguments[i]);
                }
                T result = work.on(statement);
                connection.commit();
                return result;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private void bind(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select set_config('app.client_id', ?, true)")) {
            statement.setString(1, clientId);
            statement.execute();
        }
    }
}
