package dev.frontdesk.storm;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the operator reads, on the screen and in a file. */
final class Report implements AutoCloseable {
    private final PrintWriter file;

    Report(Path folder) {
        try {
            Files.createDirectories(folder);
            file = new PrintWriter(Files.newBufferedWriter(folder.resolve("report.txt")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void line(String format, Object... arguments) {
        String line = arguments.length == 0 ? format : format.formatted(arguments);
        System.out.println(line);
        file.println(line);
        file.flush();
    }

    /** Only in the file: too long for the screen. */
    void detail(String line) {
        file.println(line);
    }

    @Override
    public void close() {
        file.close();
    }
}
