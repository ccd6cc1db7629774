package dev.frontdesk.bench;

import dev.frontdesk.local.Platform;
import dev.frontdesk.local.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** What the processes take: processor time and memory. */
final class Processes {

    /** Seconds of processor time since the processes began. */
    record Cpu(double service, double postgres, double kafka, double generator, double machine) {
        Cpu since(Cpu before) {
            return new Cpu(
                    service - before.service,
                    postgres - before.postgres,
                    kafka - before.kafka,
                    generator - before.generator,
                    machine - before.machine);
        }

        /** What has nothing to do with the benchmark, and spoils it. */
        double others() {
            return Math.max(0, machine - service - postgres - kafka - generator);
        }
    }

    private static final double TICKS_PER_SECOND = 100;

    private final Platform platform;
    private final ProcessHandle postgres;

    Processes(Platform platform, Path postgresData) {
        this.platform = platform;
        this.postgres = process(postmaster(postgresData));
    }

    Cpu cpu(Service service) {
        return cpu(platform.pid(service));
    }

    /** Sessions that ended meanwhile are missing: good for a run in which nobody comes and goes. */
    Cpu cpu(long service) {
        return new Cpu(
                seconds(process(service)),
                Stream.concat(Stream.of(postgres), postgres.descendants())
                        .mapToDouble(Processes::seconds)
                        .sum(),
                seconds(process(platform.kafkaPid())),
                seconds(ProcessHandle.current()),
                machine());
    }

    /** Seconds that the cores were busy since the machine began, as Linux counts them; 0 elsewhere. */
    private static double machine() {
        try (Stream<String> stat = Files.lines(Path.of("/proc/stat"))) {
            long[] ticks = Stream.of(stat.findFirst().orElseThrow().split(" +"))
                    .skip(1)
                    .mapToLong(Long::parseLong)
                    .toArray();
            return (ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6]) / TICKS_PER_SECOND;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Resident memory of a service in MiB; 0 where the system does not say. */
    long resident(Service service) {
        return resident(platform.pid(service));
    }

    static long resident(long pid) {
        try (Stream<String> status = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return status.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    private static double seconds(ProcessHandle process) {
        return process.info().totalCpuDuration().map(Duration::toMillis).orElse(0L) / 1e3;
    }

    private static ProcessHandle process(long pid) {
        return ProcessHandle.of(pid).orElseThrow(() -> new IllegalStateException("There is no process " + pid));
    }

    private static long postmaster(Path data) {
        try (Stream<String> lines = Files.lines(data.resolve("postmaster.pid"))) {
            return Long.parseLong(lines.findFirst().orElseThrow().trim());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
