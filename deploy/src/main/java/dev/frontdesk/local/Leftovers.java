package dev.frontdesk.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** What a platform that was killed left behind: processes without a parent and files that say they still run. */
final class Leftovers {
    private static final String KAFKA = "kafka";

    private final Settings settings;

    Leftovers(Settings settings) {
        this.settings = settings;
    }

    /** Ends the processes of an earlier platform, services first, PostgreSQL last. Says which. */
    List<String> clear() {
        List<String> ended = new ArrayList<>();
        List<String> names = recorded();
        end(names.stream().filter(name -> !name.equals(KAFKA)).toList(), ended);
        end(names.stream().filter(KAFKA::equals).toList(), ended);
        Path postmaster = settings.postgresData().resolve("postmaster.pid");
        running(postmaster, settings.postgresData().toString()).ifPresent(process -> {
            interrupt(process);
            awaitEnd(process);
            ended.add("postgres");
        });
        // PostgreSQL refuses to start when the recorded id belongs to anybody alive, be it a stranger.
        delete(postmaster);
        return ended;
    }

    /** Asks all of them, then waits for each. */
    private void end(List<String> names, List<String> ended) {
        Map<String, ProcessHandle> alive = new LinkedHashMap<>();
        names.forEach(name -> running(settings.run().resolve(name + ".pid"), Child.mark(settings, name))
                .ifPresent(process -> alive.put(name, process)));
        alive.values().forEach(ProcessHandle::destroy);
        alive.values().forEach(Leftovers::awaitEnd);
        ended.addAll(alive.keySet());
        names.forEach(name -> delete(settings.run().resolve(name + ".pid")));
    }

    /** The names on record. */
    private List<String> recorded() {
        if (!Files.isDirectory(settings.run())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(settings.run())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".pid") && !file.equals("platform.pid"))
                    .map(file -> file.substring(0, file.length() - ".pid".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process whose id is on the first line of the file, if it is alive and its command line has the mark. */
    static Optional<ProcessHandle> running(Path record, String mark) {
        try {
            if (!Files.exists(record)) {
                return Optional.empty();
            }
            String pid = Files.readString(record).lines().findFirst().orElse("").trim();
            return pid.matches("[0-9]{1,10}")
                    ? ProcessHandle.of(Long.parseLong(pid))
                            .filter(process -> commandLine(process).contains(mark))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String commandLine(ProcessHandle process) {
        Path proc = Path.of("/proc/%d/cmdline".formatted(process.pid()));
        try {
            // The handle's own view of it is cut at 4,096 characters, and class paths are longer.
            return Files.exists(proc)
                    ? Files.readString(proc).replace('\0', ' ')
                    : process.info().commandLine().orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    /** PostgreSQL's fast shutdown; the polite one waits until every client has left. */
    private static void interrupt(ProcessHandle process) {
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            process.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Fifteen seconds, then it is not asked any more. Where nobody reaps orphans they stay as zombies, which is gone. */
    private static void awaitEnd(ProcessHandle process) {
        if (!isGoneWithin(process, Duration.ofSeconds(15))) {
            process.destroyForcibly();
            isGoneWithin(process, Duration.ofSeconds(5));
        }
    }

    static boolean isGoneWithin(ProcessHandle process, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (process.isAlive() && !commandLine(process).isBlank()) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        return true;
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
