package dev.frontdesk.backup;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * The files of a PostgreSQL server that runs, copied with nothing but its own functions (PostgreSQL manual, "Making a base backup
 * using the low level API"). They are whole once the log written since is replayed: from an archive, or from the server.
 */
public final class BaseBackup {
    private static final Set<String> RUNNING = Set.of("postmaster.pid", "postmaster.opts", "epg-lock");

    private BaseBackup() {}

    /** @param session of a superuser */
    public static void copy(Connection session, Path data, Path to) throws SQLException, IOException {
        try (Statement statement = session.createStatement()) {
            statement.execute("select pg_backup_start('copy', fast => true)");
            Files.walkFileTree(data, new Copy(data, to));
            try (ResultSet stopped = statement.executeQuery("select labelfile from pg_backup_stop()")) {
                stopped.next();
                Files.writeString(to.resolve("backup_label"), stopped.getString(1));
            }
        }
    }

    /** All but what belongs to the running process, and the log. What goes while it is copied is not missed. */
    private static final class Copy extends SimpleFileVisitor<Path> {
        private final Path data;
        private final Path to;

        private Copy(Path data, Path to) {
            this.data = data;
            this.to = to;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            copy(folder);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            boolean isLog = file.startsWith(data.resolve("pg_wal"));
            if (!isLog && !RUNNING.contains(file.getFileName().toString())) {
                copy(file);
            }
            return FileVisitResult.CONTINUE;
        }

        private void copy(Path file) throws IOException {
            try {
                Files.copy(file, to.resolve(data.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            } catch (NoSuchFileException e) {
                if (Files.exists(file)) {
                    throw e;
                }
            }
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }
    }
}
