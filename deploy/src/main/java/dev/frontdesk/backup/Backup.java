package dev.frontdesk.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;

/** {@code deploy/backup}: dumps the five databases, checks a dump, puts one back. */
public final class Backup {

    private static final String HELP = """
            deploy/backup dump FOLDER       writes all five databases to a new folder, each as of one moment
            deploy/backup check FOLDER      recomputes the checksums of a dump
            deploy/backup restore FOLDER    puts a dump back into databases that the services (or the migration Jobs) have
                                            migrated and nobody serves from; --replace empties what is in them first
            deploy/backup archive FOLDER    moves finished calls, texts and bookings older than a year into files of a new folder;
                                            --before 2026-01-01 says another day

            POSTGRES_HOST, POSTGRES_PORT (localhost, 15432), BACKUP_USER, BACKUP_PASSWORD (postgres, postgres) say where; the
            user must be a superuser: row level security hides everything from anybody else.
            """;

    private Backup() {}

    public static void main(String[] arguments) throws IOException {
        try {
            run(arguments, System.getenv());
        } catch (SQLException | IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void run(String[] arguments, Map<String, String> environment) throws SQLException, IOException {
        if (arguments.length < 2) {
            System.out.print(HELP);
            return;
        }
        Server server = Server.of(environment);
        Path folder = Path.of(arguments[1]);
        if (arguments[0].equals("archive")) {
            LocalDate before = arguments.length > 3 && arguments[2].equals("--before")
                    ? LocalDate.parse(arguments[3])
                    : LocalDate.now(ZoneOffset.UTC).minusYears(1);
            new Archive(server, folder, before).run().forEach(System.out::println);
            return;
        }
        Dump dump =
                switch (arguments[0]) {
                    case "dump" -> Dump.write(server, folder);
                    case "check" -> Dump.read(folder);
                    case "restore" ->
                        Restore.of(Dump.read(folder), server)
                                .run(arguments.length > 2 && arguments[2].equals("--replace"));
                    default -> throw new IllegalStateException(HELP);
                };
        dump.summary().forEach(System.out::println);
    }
}
