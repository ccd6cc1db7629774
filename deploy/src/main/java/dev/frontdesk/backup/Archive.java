package dev.frontdesk.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Moves finished calls, texts and bookings from before a day out of their databases into files, each with its count and
 * checksum. A row leaves its table only when its file is on the disk, and only if as many leave as were written. Rollups
 * and customers' histories keep what they have counted.
 */
record Archive(Server server, Path folder, LocalDate before) {

    /** What is old: its database, its table and what makes a row finished. */
    private record Old(String database, String table, String condition) {}

    private static final List<Old> OLD = List.of(
            new Old("call", "calls", "created_at < date '%s' and status <> 'in-progress'"),
            new Old(
                    "sms",
                    "sms_messages",
                    "created_at < date '%s' and status in ('received', 'delivered', 'failed', 'sent')"),
            new Old(
                    "booking",
                    "bookings",
                    "scheduled_at < date '%s' and status in ('completed', 'cancelled', 'no-show')"));

    List<String> run() throws SQLException, IOException {
        List<String> lines = new ArrayList<>();
        for (Old old : OLD) {
            try (Connection connection = server.connect(old.database())) {
                List<Table.Copied> moved = move(connection, old);
                connection.commit();
                moved.forEach(it -> lines.add("%-10s %-24s %9d rows archived, sha256 %s"
                        .formatted(
                                old.database(),
                                it.table(),
                                it.rows(),
                                it.sha256().substring(0, 16))));
            }
        }
        return lines;
    }

    private List<Table.Copied> move(Connection connection, Old old) throws SQLException, IOException {
        Path files = Files.createDirectories(folder.resolve(old.database()));
        String chosen = "select id from %s where %s"
                .formatted(old.table(), old.condition().formatted(before));
        List<Table.Copied> copied = new ArrayList<>();
        for (Table table : Table.of(connection)) {
            String column = table.name().equals(old.table()) ? "id" : reference(connection, table.name(), old.table());
            if (column != null) {
                copied.add(write(connection, table, column + " in (" + chosen + ")", files));
            }
        }
        Files.write(files.resolve("archive.json"), new ObjectMapper().writeValueAsBytes(copied));
        delete(connection, old, chosen, copied);
        return copied;
    }

    private static Table.Copied write(Connection connection, Table table, String condition, Path files)
            throws SQLException, IOException {
        Path file = files.resolve(table.name() + ".copy.gz");
        if (Files.exists(file)) {
            throw new IllegalStateException(file + " exists; give a new folder");
        }
        Table.Copied copied;
        try (OutputStream out = Files.newOutputStream(file)) {
            copied = table.dump(connection, out, condition);
        }
        try (FileChannel written = FileChannel.open(file, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        return copied;
    }

    /** What belongs to a row goes with it: foreign keys cascade. */
    private static void delete(Connection connection, Old old, String chosen, List<Table.Copied> copied)
            throws SQLException {
        long expected = copied.stream()
                .filter(it -> it.table().equals(old.table()))
                .mapToLong(Table.Copied::rows)
                .sum();
        try (Statement statement = connection.createStatement()) {
            int deleted = statement.executeUpdate("delete from %s where id in (%s)".formatted(old.table(), chosen));
            if (deleted != expected) {
                throw new IllegalStateException("%d rows of %s were written but %d would go: nothing was archived"
                        .formatted(expected, old.table(), deleted));
            }
        }
    }

    /** The column by which the rows of a table belong to those of another; null where they don't. */
    private static String reference(Connection connection, String table, String to) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select attname from pg_constraint join pg_attribute on attrelid = conrelid and attnum = conkey[1]
                        where contype = 'f' and confdeltype = 'c' and conrelid = '%s'::regclass and confrelid = '%s'::regclass
                        """.formatted(table, to))) {
            return rows.next() ? rows.getString(1) : null;
        }
    }
}
