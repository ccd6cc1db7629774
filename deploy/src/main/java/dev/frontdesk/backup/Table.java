package dev.frontdesk.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.postgresql.PGConnection;

/**
 * A table as it is copied: its rows in the order of its key, byte by byte, so that equal contents have equal checksums
 * wherever they lie and whatever the server's language.
 *
 * @param columns quoted, without those the database computes
 * @param key what orders the rows: the primary key, else all of them
 */
record Table(String name, String columns, String key) {

    /** What was copied. */
    record Copied(String table, long rows, String sha256) {}

    /** The tables of a database, those that others refer to first. */
    static List<Table> of(Connection connection) throws SQLException {
        List<Table> tables = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                        select c.relname, string_agg(quote_ident(a.attname), ', ' order by a.attnum) as columns,
                               string_agg(quote_ident(a.attname) || '::text collate "C"', ', ' order by a.attnum) as whole,
                               (select string_agg(quote_ident(k.attname) || '::text collate "C"', ', ' order by array_position(i.indkey::int2[], k.attnum))
                                from pg_index i join pg_attribute k on k.attrelid = i.indrelid and k.attnum = any(i.indkey)
                                where i.indrelid = c.oid and i.indisprimary) as key
                        from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
                            and not a.attisdropped and a.attgenerated = ''
                        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
                        group by c.oid, c.relname order by c.relname
                        """);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                String key = rows.getString("key");
                tables.add(new Table(
                        rows.getString("relname"),
                        rows.getString("columns"),
                        key == null ? rows.getString("whole") : key));
            }
        }
        return tables;
    }

    /** Writes the rows, compressed; the checksum is of what is inside. */
    Copied dump(Connection connection, OutputStream out) throws SQLException, IOException {
        return dump(connection, out, "true");
    }

    /** As {@link #dump(Connection, OutputStream)}, for some of the rows. */
    Copied dump(Connection connection, OutputStream out, String condition) throws SQLException, IOException {
        MessageDigest digest = sha256();
        long rows;
        try (GZIPOutputStream zipped = new GZIPOutputStream(out, 1 << 16);
                DigestOutputStream digested = new DigestOutputStream(zipped, digest)) {
            rows = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("copy " + rows(condition) + " to stdout", digested);
        }
        return new Copied(name, rows, HexFormat.of().formatHex(digest.digest()));
    }

    /** What {@link #dump} would say, without writing it anywhere. */
    Copied look(Connection connection) throws SQLException {
        try {
            return dump(connection, OutputStream.nullOutputStream());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    long load(Connection connection, InputStream dumped) throws SQLException, IOException {
        try (GZIPInputStream in = new GZIPInputStream(dumped, 1 << 16)) {
            return connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy \"%s\" (%s) from stdin".formatted(name, columns), in);
        }
    }

    private String rows(String condition) {
        return "(select %s from \"%s\" where %s order by %s)".formatted(columns, name, condition, key);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
