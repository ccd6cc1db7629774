package dev.frontdesk.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * The PostgreSQL and the Kafka broker that all tests of one JVM share, and the settings a service needs to use them:
 * put {@code @QuarkusTestResource(Infrastructure.class)} on the test. Both stop with the JVM.
 */
public final class Infrastructure implements QuarkusTestResourceLifecycleManager {
    private static final String HOST = "frontdesk.testing.postgres.host";
    private static final String PORT = "frontdesk.testing.postgres.port";
    private static final String BROKER = "frontdesk.testing.kafka";
    /** The embedded servers share this JVM's log. Held here, or the levels would be collected with the loggers. */
    private static final List<Logger> TALKATIVE = Stream.of(
                    "kafka", "org.apache.kafka", "state.change.logger", "io.zonky", "org.testcontainers")
            .map(Logger::getLogger)
            .toList();

    @Override
    public Map<String, String> start() {
        startOnce();
        Map<String, String> settings = new HashMap<>(clients());
        settings.put("POSTGRES_HOST", System.getProperty(HOST));
        settings.put("POSTGRES_PORT", System.getProperty(PORT));
        settings.put("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers());
        settings.put("kafka.bootstrap.servers", bootstrapServers());
        settings.put("quarkus.devservices.enabled", "false");
        settings.put("quarkus.http.test-port", "0");
        settings.put("frontdesk.security", "open");
        settings.put("frontdesk.erasure.settle", "PT1S");
        settings.put("frontdesk.erasure.sweep", "0.5s");
        settings.put("frontdesk.public-url", "http://localhost:8080");
        for (Logger logger : TALKATIVE) {
            settings.put("quarkus.log.category.\"%s\".level".formatted(logger.getName()), "ERROR");
        }
        return settings;
    }

    /** host:port of the shared server. */
    public static String postgresAddress() {
        startOnce();
        return System.getProperty(HOST) + ":" + System.getProperty(PORT);
    }

    public static String bootstrapServers() {
        startOnce();
        return System.getProperty(BROKER);
    }

    /** Quarkus loads this class once per class loader; system properties are what the whole JVM shares. */
    private static void startOnce() {
        synchronized (System.getProperties()) {
            if (System.getProperty(BROKER) != null) {
                return;
            }
            TALKATIVE.forEach(logger -> logger.setLevel(Level.SEVERE));
            Postgres postgres = Postgres.throwAway();
            Broker broker = Broker.throwAway();
            Topics.create(broker.bootstrapServers());
            Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop-kafka"));
            System.setProperty(HOST, postgres.host());
            System.setProperty(PORT, Integer.toString(postgres.port()));
            System.setProperty(BROKER, broker.bootstrapServers());
        }
    }

    private static Map<String, String> clients() {
        Properties file = new Properties();
        try (InputStream in = Infrastructure.class.getResourceAsStream("/clients.properties")) {
            file.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> settings = new HashMap<>();
        file.stringPropertyNames().forEach(name -> settings.put(name, file.getProperty(name)));
        return settings;
    }

    /** Nothing: the next test class uses the same servers. */
    @Override
    public void stop() {}
}
