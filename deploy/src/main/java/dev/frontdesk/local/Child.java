package dev.frontdesk.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process of the platform. Its id is on record while it runs, so that a later start finds it even if this one was
 * killed; its command line names the platform's data folder, so that a recycled id is never mistaken for it.
 */
final class Child {
    private static final boolean OWN_SESSION = Files.isExecutable(Path.of("/usr/bin/setsid"));

    private final String name;
    private final Path record;
    private final Path log;
    private final Process process;

    private Child(String name, Path record, Path log, Process process) {
        this.name = name;
        this.record = record;
        this.log = log;
        this.process = process;
    }

    /** Starts Java with these arguments; what it prints goes to a log of its name. */
    static Child java(
            String name, Settings settings, Path directory, List<String> arguments, Map<String, String> environment) {
        List<String> command = new ArrayList<>();
        if (OWN_SESSION) {
            // Ctrl-C at the terminal reaches every process of the session; the platform stops its own in order.
            command.add("/usr/bin/setsid");
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(mark(settings, name));
        command.addAll(arguments);
        Path log = settings.logs().resolve(name + ".log");
        Path record = settings.run().resolve(name + ".pid");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(
                        isOurs(log)
                                ? ProcessBuilder.Redirect.appendTo(log.toFile())
                                : ProcessBuilder.Redirect.to(log.toFile()));
        builder.environment().putAll(environment);
        try {
            Files.createDirectories(settings.logs());
            Files.createDirectories(settings.run());
            Process process = builder.start();
            Files.writeString(record, Long.toString(process.pid()));
            return new Child(name, record, log, process);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " did not start", e);
        }
    }

    /** Written since this JVM started: a process that is started again goes on where its predecessor stopped. */
    private static boolean isOurs(Path log) {
        Instant started = ProcessHandle.current().info().startInstant().orElse(Instant.MAX);
        try {
            return Files.exists(log)
                    && Files.getLastModifiedTime(log).toInstant().isAfter(started);
        } catch (IOException e) {
            return false;
        }
    }

    /** The argument by which a process of this platform is known. */
    static String mark(Settings settings, String name) {
        return "-Dfrontdesk.process=%s@%s".formatted(name, settings.data());
    }

    String name() {
        return name;
    }

    Path log() {
        return log;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** How it ended, with the end of what it printed. */
    String lastWords() {
        try (Stream<String> lines = Files.lines(log)) {
            List<String> all = lines.toList();
            List<String> last = all.subList(Math.max(0, all.size() - 20), all.size());
            return "%s ended with code %d. The end of %s:%n  %s"
                    .formatted(name, process.exitValue(), log, String.join("\n  ", last));
        } catch (IOException e) {
            return "%s ended with code %d".formatted(name, process.exitValue());
        }
    }

    void askToStop() {
        process.destroy();
    }

    /** Waits for the end it was asked for; after the grace it is not asked any more. */
    void awaitEnd(long seconds) {
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            Files.deleteIfExists(record);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void kill() {
        process.destroyForcibly();
        awaitEnd(10);
    }
}
