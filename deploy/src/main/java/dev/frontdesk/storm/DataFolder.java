package dev.frontdesk.storm;

import dev.frontdesk.local.Folder;
import dev.frontdesk.local.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The storm's own data, empty at its start; kept after it only where something went wrong. */
final class DataFolder implements AutoCloseable {
    private final Path path;
    private final FileChannel file;
    private final FileLock lock;
    private boolean keep = true;

    private DataFolder(Path path, FileChannel file, FileLock lock) {
        this.path = path;
        this.file = file;
        this.lock = lock;
    }

    static DataFolder of(Path root, long seed) {
        Path path = root.resolve("deploy/local/data/storm-" + seed);
        try {
            Files.createDirectories(path.getParent());
            FileChannel file = FileChannel.open(
                    path.resolveSibling(path.getFileName() + ".lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            FileLock lock = file.tryLock();
            if (lock == null) {
                throw new Refusal("A storm with seed %d is already under way.".formatted(seed));
            }
            Folder.delete(path);
            return new DataFolder(path, file, lock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path() {
        return path;
    }

    void keepUnless(boolean calm) {
        keep = !calm;
    }

    @Override
    public void close() {
        try {
            lock.close();
            file.close();
            Files.deleteIfExists(path.resolveSibling(path.getFileName() + ".lock"));
            if (keep) {
                System.out.println("Data, logs, ledger.txt and report.txt of this storm stay in " + path);
            } else {
                Folder.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
