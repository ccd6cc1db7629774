package dev.frontdesk.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** {@code deploy/up}: the platform in the foreground, or behind with {@code --detach}. */
public final class Up {
    private static final String HELP = """
            deploy/up [--detach] [--fresh]

              --detach   return when everything is ready; deploy/down stops it
              --fresh    empty the data first

            Ports, each with the variable that changes it: gateway 8080 FRONTDESK_PORT, booking 8081 BOOKING_PORT,
            call 8082 CALL_PORT, sms 8083 SMS_PORT, customer 8084 CUSTOMER_PORT, analytics 8085 ANALYTICS_PORT,
            provider simulator 8090 SIMULATOR_PORT, PostgreSQL 15432 POSTGRES_PORT, Kafka 19092 KAFKA_PORT.
            Data and logs are in deploy/local/data, or where FRONTDESK_DATA says.""";

    private final Settings settings;
    private final CountDownLatch stopped = new CountDownLatch(1);

    private Up(Settings settings) {
        this.settings = settings;
    }

    public static void main(String[] arguments) {
        Logger.getLogger("").setLevel(Level.SEVERE);
        List<String> options = List.of(arguments);
        if (options.contains("--help") || options.contains("-h")) {
            System.out.println(HELP);
            return;
        }
        if (!Set.of("--detach", "--fresh").containsAll(options)) {
            System.err.println("Unknown option.\n\n" + HELP);
            System.exit(2);
        }
        try {
            Settings settings = Settings.of(System.getenv());
            if (options.contains("--detach")) {
                new Detached(settings).start(options);
            } else {
                new Up(settings).run(options.contains("--fresh"));
            }
        } catch (Refusal refusal) {
            System.err.println(refusal.getMessage());
            System.exit(1);
        }
    }

    /** Runs until somebody asks it to stop. */
    private void run(boolean fresh) {
        long since = System.nanoTime();
        Path record = settings.run().resolve("platform.pid");
        try (FileChannel file = FileChannel.open(lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = file.tryLock()) {
            if (lock == null) {
                throw new Refusal("The platform is already running. deploy/down stops it.");
            }
            Files.writeString(record, Long.toString(ProcessHandle.current().pid()));
            Leftovers leftovers = new Leftovers(settings);
            List<String> ended = leftovers.clear();
            if (!ended.isEmpty()) {
                say("The last start was killed; stopped what it left running: " + String.join(", ", ended));
            }
            if (fresh) {
                Platform.deleteData(settings);
            }
            say("Starting Frontdesk ...");
            Platform platform = new Platform(settings, Up::say);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(platform, record), "stop"));
            platform.start();
            announce(since);
            watch(platform);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path lockFile() throws IOException {
        try {
            return Files.createDirectories(settings.run()).resolve("platform.lock");
        } catch (IOException e) {
            throw new Refusal("%s cannot be written: %s".formatted(settings.data(), e.getMessage()));
        }
    }

    private void stop(Platform platform, Path record) {
        say("\nStopping ...");
        platform.close();
        try {
            Files.deleteIfExists(settings.run().resolve("ready"));
            Files.deleteIfExists(record);
        } catch (IOException e) {
            System.err.println(e.getMessage());
        }
        say("Stopped. The data is in " + settings.data());
        stopped.countDown();
    }

    private void announce(long since) throws IOException {
        StringBuilder table = new StringBuilder(
                "\nFrontdesk is ready after %.1f s.%n%n".formatted((System.nanoTime() - since) / 1e9));
        row(table, "dashboard and API", settings.gatewayUrl());
        settings.services().keySet().forEach(service -> row(table, service.module(), settings.url(service)));
        row(table, "provider simulator", settings.simulatorUrl());
        row(table, "PostgreSQL", "localhost:%d  user postgres, password postgres".formatted(settings.postgres()));
        row(table, "Kafka", settings.bootstrapServers());
        row(table, "logs", settings.logs().toString());
        table.append("\nTry: deploy/simulate call\n");
        say(table.toString());
        Files.writeString(settings.run().resolve("ready"), table);
    }

    private static void row(StringBuilder table, String name, String where) {
        table.append("  %-20s %s%n".formatted(name, where));
    }

    private void watch(Platform platform) {
        Set<String> known = Set.of();
        try {
            while (!stopped.await(1, TimeUnit.SECONDS)) {
                Set<String> dead = platform.casualties();
                for (String name : dead) {
                    if (!known.contains(name)) {
                        say("%s has ended; see %s"
                                .formatted(name, settings.logs().resolve(name + ".log")));
                    }
                }
                known = dead;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
