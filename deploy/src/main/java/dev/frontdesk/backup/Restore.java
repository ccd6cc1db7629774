package dev.frontdesk.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Puts a dump back, each database in one transaction that is kept only if every table then holds the very rows that were
 * dumped, by count and checksum. Refuses another schema, and databases with rows in them unless told to replace them.
 */
record Restore(Dump dump, Server server) {

    static Restore of(Dump dump, Server server) {
        return new Restore(dump, server);
    }

    Dump run(boolean replace) throws SQLException, IOException {
        for (var database : dump.contents().databases().entrySet()) {
            try (Connection connection = server.connect(database.getKey())) {
                restore(connection, database.getKey(), database.getValue(), replace);
                connection.commit();
            }
        }
        return dump;
    }

    private void restore(Connection connection, String name, Dump.Database dumped, boolean replace)
            throws SQLException, IOException {
        if (!dumped.schema().equals(Dump.schema(connection))) {
            throw new IllegalStateException("%s has the schema %s, the dump %s: start the version that was dumped first"
                    .formatted(name, Dump.schema(connection), dumped.schema()));
        }
        Map<String, Table> tables =
                Table.of(connection).stream().collect(Collectors.toMap(Table::name, Function.identity()));
        try (Statement statement = connection.createStatement()) {
            // Neither triggers nor foreign keys: the rows were right when they were dumped.
            statement.execute("set local session_replication_role = replica");
            if (replace) {
                statement.execute("truncate "
                        + dumped.tables().stream()
                                .map(it -> '"' + it.table() + '"')
                                .collect(Collectors.joining(", ")));
            }
        }
        for (Table.Copied copied : dumped.tables()) {
            Table table = tables.get(copied.table());
            if (!replace && table.look(connection).rows() > 0) {
                throw new IllegalStateException(
                        "%s of %s has rows; --replace empties every table first".formatted(copied.table(), name));
            }
            try (InputStream in = Files.newInputStream(dump.file(name, copied.table()))) {
                table.load(connection, in);
            }
            if (!table.look(connection).equals(copied)) {
                throw new IllegalStateException("%s of %s is not what was dumped; nothing of %s was changed"
                        .formatted(copied.table(), name, name));
            }
        }
        advanceSequences(connection);
    }

    /** The next number is above every number there is. */
    private static void advanceSequences(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    do $$
                    declare
                        it record;
                    begin
                        for it in select pg_get_serial_sequence(quote_ident(c.relname), a.attname) as sequence, c.relname, a.attname
                                  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                                  where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
                                      and pg_get_serial_sequence(quote_ident(c.relname), a.attname) is not null
                        loop
                            execute format('select setval(%L, coalesce(max(%I), 0) + 1, false) from %I', it.sequence, it.attname, it.relname);
                        end loop;
                    end;
                    $$
                    """);
        }
    }
}
