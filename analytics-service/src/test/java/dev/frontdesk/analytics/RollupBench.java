package dev.frontdesk.analytics;

import dev.frontdesk.events.DomainEvent;
import dev.frontdesk.events.Events;
import dev.frontdesk.testing.Broker;
import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Postgres;
import dev.frontdesk.testing.Topics;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Workload W5: events per second from Kafka into rollups and counters, end to end, by the packaged service against a durable
 * PostgreSQL and a broker of its own, at several batch sizes. Broker, database and service share the machine. A figure
 * counts only where the books balance: facts recounted equal the live numbers.
 */
public final class RollupBench {

    private static final int EVENTS = Integer.getInteger("events", 300_000);
    private static final Duration LONGEST = Duration.ofSeconds(Integer.getInteger("seconds", 30));
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private RollupBench() {}

    /** Arguments: the packaged service's {@code quarkus-run.jar}, then batch sizes. */
    public static void main(String[] arguments) throws Exception {
        Path data = Files.createTempDirectory("frontdesk-bench");
        int postgresPort = freePort();
        int kafkaPort = freePort();
        try (Postgres postgres = Postgres.durable(data.resolve("postgres"), postgresPort);
                Broker broker = Broker.embedded(data.resolve("kafka"), kafkaPort)) {
            String kafka = broker.bootstrapServers();
            Topics.create(kafka);
            fill(kafka);
            for (int i = 1; i < arguments.length; i++) {
                measure(arguments[0], data.resolve("postgres"), postgres.port(), kafka, Integer.parseInt(arguments[i]));
            }
        }
    }

    /** A day's mix: a third calls in three versions, a third bookings in three, a third texts in three, of 5,000 people. */
    private static void fill(String kafka) {
        Random random = new Random(7);
        Instant start = Instant.now().minusSeconds(36_000);
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka, "linger.ms", 20, "batch.size", 262_144, "compression.type", "lz4"),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (int sent = 0; sent < EVENTS; ) {
                List<DomainEvent> first = new ArrayList<>();
                List<DomainEvent> second = new ArrayList<>();
                List<DomainEvent> third = new ArrayList<>();
                for (int i = 0; i < 500; i++) {
                    String phone = "+1212%07d".formatted(random.nextInt(5_000));
                    Instant at = start.plusSeconds(random.nextInt(36_000));
                    Told.Call call = Told.call(phone).on(at);
                    Told.Booking booking = Told.booking(phone).on(at);
                    Told.Text text = Told.text(phone).on(at);
                    first.addAll(List.of(call.started(), booking.created(), text.queued()));
                    second.addAll(List.of(call.ended("completed", null), booking.confirmed(), text.delivered("0")));
                    third.addAll(
                            List.of(call.billed("completed", "0.12"), booking.paid("31.00"), text.delivered("0.0079")));
                }
                for (List<DomainEvent> wave : List.of(first, second, third)) {
                    wave.forEach(event -> producer.send(record(event)));
                    sent += wave.size();
                }
            }
        }
    }

    private static ProducerRecord<String, byte[]> record(DomainEvent event) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                "frontdesk." + event.aggregateType(),
                event.aggregateId(),
                Events.write(event).getBytes(StandardCharsets.UTF_8));
        Told.headers("default", event.type())
                .forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    private static void measure(String jar, Path data, int postgres, String kafka, int batch) throws Exception {
        Database database = Database.at("localhost:" + postgres, "analytics", "postgres");
        int port = freePort();
        ProcessBuilder service =
                new ProcessBuilder(ProcessHandle.current().info().command().orElse("java"), "-Xmx512m", "-jar", jar);
        service.environment()
                .putAll(Map.of(
                        "POSTGRES_PORT",
                        Integer.toString(postgres),
                        "KAFKA_BOOTSTRAP_SERVERS",
                        kafka,
                        "QUARKUS_HTTP_PORT",
                        Integer.toString(port),
                        "FRONTDESK_SECURITY",
                        "open",
                        "FRONTDESK_CLIENTS_DEFAULT_TIME_ZONE",
                        "America/New_York",
                        "ANALYTICS_BATCH_SIZE",
                        Integer.toString(batch),
                        "MP_MESSAGING_CONNECTOR_SMALLRYE_KAFKA_GROUP_ID",
                        "bench-" + UUID.randomUUID()));
        Process process = service.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            report(batch, port, data, process.toHandle());
        } finally {
            process.destroy();
            if (!process.waitFor(25, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            database.run("truncate facts, analytics, analytics_hours, analytics_breakdown, customer_counters, outbox");
        }
    }

    private static void report(int batch, int port, Path postgres, ProcessHandle service) throws Exception {
        double before = awaitSome(port);
        Instant start = Instant.now();
        Duration serviceBefore = cpu(service);
        Duration postgresBefore = cpu(postgres);
        double counted = before;
        while (counted < EVENTS && Duration.between(start, Instant.now()).compareTo(LONGEST) < 0) {
            TimeUnit.MILLISECONDS.sleep(100);
            counted = events(port);
        }
        double events = counted - before;
        double seconds = Duration.between(start, Instant.now()).toMillis() / 1000.0;
        Duration serviceCpu = cpu(service).minus(serviceBefore);
        Duration postgresCpu = cpu(postgres).minus(postgresBefore);
        boolean balanced = get(port, "/api/analytics/consistency").contains("\"consistent\":true");
        System.out.printf(
                "batch %4d: %8.0f events/s (%.0f events in %.1f s); CPU per event: service %.0f us, postgres %.0f us; books %s%n",
                batch,
                events / seconds,
                events,
                seconds,
                serviceCpu.toNanos() / 1000.0 / events,
                postgresCpu.toNanos() / 1000.0 / events,
                balanced ? "balance" : "DIFFER");
    }

    /** Of the server's processes that live: the postmaster wrote its pid on the first line. */
    private static Duration cpu(Path postgres) throws IOException {
        long postmaster = Long.parseLong(
                Files.readAllLines(postgres.resolve("postmaster.pid")).get(0).trim());
        return ProcessHandle.of(postmaster).stream()
                .flatMap(ProcessHandle::descendants)
                .map(RollupBench::cpu)
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static double awaitSome(int port) throws Exception {
        for (int tries = 0; tries < 600; tries++) {
            double events = events(port);
            if (events > 0) {
                return events;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new IllegalStateException("the service counted nothing");
    }

    private static double events(int port) throws Exception {
        try {
            return get(port, "/q/metrics")
                    .lines()
                    .filter(line -> line.startsWith("frontdesk_analytics_events_total"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .sum();
        } catch (IOException notYet) {
            return 0;
        }
    }

    private static String get(int port, String path) throws Exception {
        return HTTP.send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
