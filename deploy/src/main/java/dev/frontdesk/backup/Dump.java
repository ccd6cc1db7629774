package dev.frontdesk.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.frontdesk.testing.Postgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * A folder with a compressed file per table and {@code dump.json}, which is written last: a folder without it is no dump.
 * Each database is as of one moment; between databases events are under way, which is what outboxes and versions are for.
 */
record Dump(Path folder, Contents contents) {

    private static final String MANIFEST = "dump.json";
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** What {@code dump.json} holds; the schema is Flyway's latest version and a hash over all of its migrations. */
    record Contents(String writtenAt, Map<String, Database> databases) {}

    record Database(String asOf, String schema, List<Table.Copied> tables) {}

    static Dump write(Server server, Path folder) throws SQLException, IOException {
        if (Files.exists(folder.resolve(MANIFEST))) {
            throw new IllegalStateException(folder + " has a dump already; give a new folder");
        }
        Map<String, Database> databases = new LinkedHashMap<>();
        for (String name : Postgres.DATABASES) {
            Path files = Files.createDirectories(folder.resolve(name));
            try (Connection connection = server.connect(name)) {
                databases.put(name, database(connection, files));
            }
        }
        Contents contents = new Contents(Instant.now().toString(), databases);
        Files.write(folder.resolve(MANIFEST), JSON.writeValueAsBytes(contents));
        return new Dump(folder, contents);
    }

    /** Reads a dump and holds every file against its checksum. */
    static Dump read(Path folder) throws IOException {
        if (!Files.exists(folder.resolve(MANIFEST))) {
            throw new IllegalStateException(folder + " holds no complete dump: " + MANIFEST + " is missing");
        }
        Dump dump = new Dump(folder, JSON.readValue(folder.resolve(MANIFEST).toFile(), Contents.class));
        for (var database : dump.contents.databases.entrySet()) {
            for (Table.Copied table : database.getValue().tables()) {
                if (!table.sha256().equals(checksum(dump.file(database.getKey(), table.table())))) {
                    throw new IllegalStateException(
                            "%s of %s is damaged: its checksum differs".formatted(table.table(), database.getKey()));
                }
            }
        }
        return dump;
    }

    Path file(String database, String table) {
        return folder.resolve(database).resolve(table + ".copy.gz");
    }

    List<String> summary() {
        List<String> lines = new ArrayList<>();
        contents.databases.forEach((name, database) -> {
            long rows = database.tables().stream().mapToLong(Table.Copied::rows).sum();
            lines.add("%-10s %3d tables %9d rows, schema %s, as of %s"
                    .formatted(name, database.tables().size(), rows, database.schema(), database.asOf()));
        });
        return lines;
    }

    private static Database database(Connection connection, Path files) throws SQLException, IOException {
        List<Table.Copied> tables = new ArrayList<>();
        String asOf = value(connection, "select to_json(now()) #>> '{}'");
        for (Table table : Table.of(connection)) {
            if (!isSchemaHistory(table)) {
                try (OutputStream out = Files.newOutputStream(files.resolve(table.name() + ".copy.gz"))) {
                    tables.add(table.dump(connection, out));
                }
            }
        }
        return new Database(asOf, schema(connection), tables);
    }

    /** Flyway's own table says what the schema is; it belongs to the server, not to the data. */
    static boolean isSchemaHistory(Table table) {
        return table.name().equals("flyway_schema_history");
    }

    static String schema(Connection connection) throws SQLException {
        return value(connection, """
                select count(*) || ' migrations, ' || left(md5(string_agg(version || ':' || checksum, ',' order by version)), 12)
                from flyway_schema_history where success and version is not null and checksum is not null
                """);
    }

    private static String value(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static String checksum(Path file) throws IOException {
        MessageDigest digest = Table.sha256();
        byte[] part = new byte[1 << 16];
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file), part.length)) {
            for (int read = in.read(part); read >= 0; read = in.read(part)) {
                digest.update(part, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
