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
import java.util.List;
import java.util.stream.Stream;

/**
 * Measures the hot paths beside pgbench running the same statement on the same server in the same run, the relay, the
 * rollups and the lag between them. Every figure's books must balance, or there is no figure. The load generator shares
 * the machine's cores with what it measures.
 */
public final class Bench {

    private static final List<String> PARTS = List.of("text", "call", "booking", "pipeline", "start");
    private static final String HELP = """
            deploy/bench [--quick] [--peers] [--statements] [text|call|booking|pipeline|start ...]
              The hot paths beside pgbench on the same PostgreSQL, on a platform of its own that is gone afterwards; the part
              named, or all. --quick takes less than three minutes and is less exact. --peers builds two small services that do
              the same with plain Vert.x and with Spring WebFlux and R2DBC (deploy/peers), and measures them in turn with ours.
              --statements shows where PostgreSQL's time went.""";

    /** What was asked for. */
    record Choice(List<String> parts, boolean quick, boolean peers, boolean statements) {
        boolean wants(String part) {
            return parts.isEmpty() || parts.contains(part);
        }
    }

    private final Settings settings;
    private final Choice choice;
    private volatile Platform platform;
    private volatile HotPaths paths;

    private Bench(Settings settings, Choice choice) {
        this.settings = settings;
        this.choice = choice;
    }

    public static void main(String[] arguments) throws IOException {
        List<String> parts = Arrays.stream(arguments)
                .filter(argument -> !argument.startsWith("--"))
                .toList();
        List<String> options = Arrays.stream(arguments)
                .filter(argument -> argument.startsWith("--"))
                .toList();
        if (!List.of("--quick", "--peers", "--statements").containsAll(options) || !PARTS.containsAll(parts)) {
            say(HELP);
            System.exit(options.contains("--help") ? 0 : 2);
        }
        Path data = Files.createTempDirectory("frontdesk-bench");
        Settings settings = Settings.elsewhere(Path.of(System.getProperty("frontdesk.root")), data);
        Bench bench = new Bench(
                settings,
                new Choice(
                        parts,
                        options.contains("--quick"),
                        options.contains("--peers"),
                        options.contains("--statements")));
        // Ctrl-C, too, leaves nothing behind.
        Runtime.getRuntime().addShutdownHook(new Thread(bench::leaveNothing));
        int status = 1;
        try {
            bench.run();
            status = 0;
        } catch (Unbalanced e) {
            say("No result: " + e.getMessage());
        } catch (RuntimeException e) {
            // Threads that are no daemons would keep this process otherwise.
            e.printStackTrace();
        }
        System.exit(status);
    }

    private void run() {
        long since = System.nanoTime();
        say("Starting a platform of its own (PostgreSQL with fsync on) ...");
        String address = "localhost:" + settings.postgres();
        try (Postgres server = Postgres.durable(settings.data().resolve("postgres"), settings.postgres())) {
            Statements.prepare("localhost:" + server.port(), choice.statements());
        }
        platform = new Platform(settings, line -> {});
        Footprint footprint = Footprint.of(settings, platform);
        Processes processes = new Processes(platform, settings.data().resolve("postgres"));
        say(machine(address));
        say("");
        // First, while all five are up.
        if (choice.wants("pipeline")) {
            Pipeline pipeline = new Pipeline(settings, platform, processes, choice.quick());
            pipeline.lag();
            footprint.isLoaded(Service.CUSTOMER);
            pipeline.rates();
            footprint.isLoaded(Service.ANALYTICS);
            say("");
        }
        Arrays.stream(Service.values()).parallel().forEach(platform::stop);
        hotPaths(processes, footprint);
        if (choice.wants("start")) {
            say("");
            footprint.startAlone(choice.quick() ? 1 : 3);
            footprint.report();
        }
        say("");
        say("%.0f s in all".formatted((System.nanoTime() - since) / 1e9));
    }

    /** The hot paths, each service alone with PostgreSQL and Kafka. */
    private void hotPaths(Processes processes, Footprint footprint) {
        paths = new HotPaths(settings, processes, choice);
        List<Workload> all = Workloads.all(settings, choice.quick());
        List<Service> wanted = all.stream()
                .map(Workload::service)
                .distinct()
                .filter(it -> choice.wants(it.database().replace("sms", "text")))
                .toList();
        if (wanted.isEmpty()) {
            return;
        }
        paths.heading();
        for (Service service : wanted) {
            footprint.start(service);
            for (Workload workload : all) {
                if (workload.service() == service) {
                    paths.measure(workload, platform.pid(service));
                }
            }
            footprint.isLoaded(service);
            platform.stop(service);
        }
        paths.legend();
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
        if (paths != null) {
            paths.close();
        }
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
