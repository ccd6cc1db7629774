package dev.frontdesk.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.testcontainers.kafka.KafkaContainer;

/** A real Kafka broker in KRaft mode. Topics are made by {@link Topics}, never by accident. */
public final class Broker implements AutoCloseable {
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("offsets.topic.num.partitions", "5"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.num.partitions", "5"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            // A single broker has nobody to wait for when a group forms.
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            // The default, 128 MiB, would be most of the heap.
            Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
            // Room for the records that prove a too big one is refused by the consumer, not lost on the way.
            Map.entry("message.max.bytes", "4194304"));

    private final String bootstrapServers;
    private final AutoCloseable server;

    private Broker(String bootstrapServers, AutoCloseable server) {
        this.bootstrapServers = bootstrapServers;
        this.server = server;
    }

    /** A throw-away broker on a free port: in a container where Docker answers, else embedded. */
    public static Broker throwAway() {
        if (Docker.answers()) {
            KafkaContainer container = new KafkaContainer("apache/kafka:4.1.1");
            SETTINGS.forEach((name, value) ->
                    container.withEnv("KAFKA_" + name.toUpperCase().replace('.', '_'), value));
            container.start();
            return new Broker(container.getBootstrapServers(), container::stop);
        }
        try {
            Path data = Files.createTempDirectory("frontdesk-kafka");
            Broker broker = embedded(data, freePort());
            return new Broker(broker.bootstrapServers, () -> {
                broker.close();
                delete(data);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A broker in this JVM that keeps its log in {@code data}; formats the directory the first time. */
    public static Broker embedded(Path data, int port) {
        int controllerPort = freePort();
        Properties settings = new Properties();
        settings.putAll(SETTINGS);
        settings.putAll(Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                "1",
                "controller.quorum.voters",
                "1@localhost:" + controllerPort,
                "controller.listener.names",
                "CONTROLLER",
                "listeners",
                "PLAINTEXT://localhost:%d,CONTROLLER://localhost:%d".formatted(port, controllerPort),
                "advertised.listeners",
                "PLAINTEXT://localhost:" + port,
                "log.dirs",
                data.toString()));
        format(data, settings);
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
        server.startup();
        return new Broker("localhost:" + port, () -> {
            server.shutdown();
            server.awaitShutdown();
        });
    }

    private static void format(Path data, Properties settings) {
        if (Files.exists(data.resolve("meta.properties"))) {
            return;
        }
        try {
            Files.createDirectories(data);
            Path file = Files.createTempFile(data, "format", ".properties");
            try (OutputStream out = Files.newOutputStream(file)) {
                settings.store(out, null);
            }
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            int code = StorageTool.execute(
                    new String[] {
                        "format", "-c", file.toString(), "-t", Uuid.randomUuid().toString()
                    },
                    new PrintStream(said, true, StandardCharsets.UTF_8));
            Files.delete(file);
            if (code != 0) {
                throw new IllegalStateException("Kafka's storage was not formatted: " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port nobody listens on at this moment. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) throws IOException {
        List<Path> inside;
        try (Stream<Path> files = Files.walk(directory)) {
            inside = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : inside) {
            Files.deleteIfExists(path);
        }
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (Exception e) {
            throw new IllegalStateException("Kafka did not stop", e);
        }
    }
}
