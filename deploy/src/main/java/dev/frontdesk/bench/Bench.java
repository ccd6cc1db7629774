package dev.frontdesk.bench;

import dev.frontdesk.local.Platform;
import dev.frontdesk.local.Service;
import dev.frontdesk.local.Settings;
import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Postgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Measures the hot paths beside pgbench running the same statement on the same server in the same run, the relay, the
 * rollups and the lag between them. Every figure's books must balance, or there is no figure. The load generator shares
 * the machine's cores with what it measures.
 */
public final class Bench {

    private static final String HELP = """
            deploy/bench [--quick] [--statements] [text|call|booking|pipeline ...]
              The hot paths beside pgbench on the same PostgreSQL, on a platform of its own that is gone afterwards; the part
              named, or all. --quick takes less than three minutes and is less exact; --statements shows where PostgreSQL's time
              went.""";

    private final Settings settings;
    private final List<String> parts;
    private final boolean quick;
    private final boolean detailed;
    private volatile Platform platform;
    private final Map<Service, Double> readyIn = new EnumMap<>(Service.class);
    private final Map<Service, Long> idle = new EnumMap<>(Service.class);
    private final Map<Service, Long> loaded = new EnumMap<>(Service.class);

    private Bench(Settings settings, List<String> parts, List<String> options) {
        this.settings = settings;
        this.parts = parts;
        this.quick = options.contains("--quick");
        this.detailed = options.contains("--statements");
    }

    public static void main(String[] arguments) throws IOException {
        List<String> parts = Arrays.stream(arguments)
                .filter(argument -> !argument.startsWith("--"))
                .toList();
        List<String> options = Arrays.stream(arguments)
                .filter(argument -> argument.startsWith("--"))
                .toList();
        if (!List.of("--quick", "--statements").containsAll(options)
                || !List.of("text", "call", "booking", "pipeline").containsAll(parts)) {
            say(HELP);
            System.exit(options.contains("--help") ? 0 : 2);
        }
        Path data = Files.createTempDirectory("frontdesk-bench");
        Settings settings = Settings.elsewhere(Path.of(System.getProperty("frontdesk.root")), data);
        Bench bench = new Bench(settings, parts, options);
        // Ctrl-C, too, leaves nothing behind.
        Runtime.getRuntime().addShutdownHook(new Thread(bench::leaveNothing));
        int status = 1;
        try {
            bench.run();
            status = 0;
        } catch (Unbalanced e) {
            say("No result: " + e.getMessage());
        }
        System.exit(status);
    }

    private void run() {
        say("Starting a platform of its own (PostgreSQL with fsync on) ...");
        String address = "localhost:" + settings.postgres();
        try (Postgres server = Postgres.durable(settings.data().resolve("postgres"), settings.postgres())) {
            Statements.prepare("localhost:" + server.port(), detailed);
        }
        platform = new Platform(settings, line -> {});
        platform.start();
        Processes processes = new Processes(platform, settings.data().resolve("postgres"));
        for (Service service : Service.values()) {
            idle.put(service, processes.resident(service));
            platform.stop(service);
        }
        say(machine(address));
        say("");
        paths(processes);
        if (wants("pipeline")) {
            say("");
            for (Service service : Service.values()) {
                start(service);
            }
            new Pipeline(settings, platform, quick).report();
            loaded.put(Service.ANALYTICS, processes.resident(Service.ANALYTICS));
            loaded.put(Service.CUSTOMER, processes.resident(Service.CUSTOMER));
            say("");
            services();
        }
    }

    /** The hot paths, each service alone with PostgreSQL and Kafka. */
    private void paths(Processes processes) {
        HotPaths paths = new HotPaths(settings, processes, quick, detailed);
        List<Workload> wanted = Workloads.all(settings).stream()
                .filter(it -> wants(it.service().database().replace("sms", "text")))
                .toList();
        if (wanted.isEmpty()) {
            return;
        }
        paths.heading();
        for (Workload workload : wanted) {
            start(workload.service());
            paths.measure(workload);
            loaded.put(workload.service(), processes.resident(workload.service()));
            platform.stop(workload.service());
        }
        paths.legend();
    }

    private boolean wants(String part) {
        return parts.isEmpty() || parts.contains(part);
    }

    private void start(Service service) {
        long since = System.nanoTime();
        platform.start(service);
        readyIn.put(service, (System.nanoTime() - since) / 1e9);
    }

    private void services() {
        say("%-24s %9s %9s %11s".formatted("", "ready in", "idle MiB", "loaded MiB"));
        for (Service service : Service.values()) {
            say("%-24s %7.1f s %9d %11s"
                    .formatted(
                            service.module(),
                            readyIn.get(service),
                            idle.get(service),
                            loaded.getOrDefault(service, 0L)));
        }
        say("%-24s %9s %9d %11d".formatted("all five", "", sum(idle), sum(loaded)));
    }

    private static long sum(Map<Service, Long> mib) {
        return mib.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String machine(String address) {
        return "%s, %d cores, Java %s, PostgreSQL %s, %s %s"
                .formatted(
                        LocalDate.now(),
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("java.version"),
                        Database.at(address, "postgres", "postgres").value("show server_version"),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"));
    }

    private void leaveNothing() {
        if (platform != null) {
            platform.close();
        }
        try (Stream<Path> files = Files.walk(settings.data())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void say(String line) {
        System.out.println(line);
    }

    /** What came in and what is there do not agree. */
    static final class Unbalanced extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unbalanced(String message) {
            super(message);
        }
    }
}
