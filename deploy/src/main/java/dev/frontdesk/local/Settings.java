package dev.frontdesk.local;

import dev.frontdesk.testing.Broker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the local platform is: its folders and ports. Every port can be changed by its variable. */
public record Settings(
        Path root, Path data, int gateway, int simulator, int postgres, int kafka, Map<Service, Integer> services) {

    /** A port, who uses it and the variable that changes it. */
    record Port(String user, String variable, int number) {}

    /** The contract's ports, or what the environment says. */
    public static Settings of(Map<String, String> environment) {
        Path root = Path.of(System.getProperty("frontdesk.root", "")).toAbsolutePath();
        Map<Service, Integer> services = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            services.put(service, port(environment, service.name() + "_PORT", service.defaultPort));
        }
        return new Settings(
                root,
                Path.of(environment.getOrDefault(
                        "FRONTDESK_DATA", root.resolve("deploy/local/data").toString())),
                port(environment, "FRONTDESK_PORT", 8080),
                port(environment, "SIMULATOR_PORT", 8090),
                port(environment, "POSTGRES_PORT", 15432),
                port(environment, "KAFKA_PORT", 19092),
                services);
    }

    /** Free ports and a folder of one's own, for tests. */
    public static Settings elsewhere(Path root, Path data) {
        Map<Service, Integer> services = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            services.put(service, Broker.freePort());
        }
        return new Settings(
                root, data, Broker.freePort(), Broker.freePort(), Broker.freePort(), Broker.freePort(), services);
    }

    private static int port(Map<String, String> environment, String variable, int otherwise) {
        String given = environment.get(variable);
        if (given == null || given.isBlank()) {
            return otherwise;
        }
        return Optional.of(given.trim())
                .filter(text -> text.matches("[0-9]{1,5}"))
                .map(Integer::valueOf)
                .filter(number -> number > 0 && number < 65536)
                .orElseThrow(() -> new Refusal("%s=%s is no port number.".formatted(variable, given)));
    }

    public String gatewayUrl() {
        return "http://localhost:" + gateway;
    }

    public String simulatorUrl() {
        return "http://localhost:" + simulator;
    }

    public String url(Service service) {
        return "http://localhost:" + services.get(service);
    }

    public String bootstrapServers() {
        return "localhost:" + kafka;
    }

    List<Port> ports() {
        List<Port> ports = new ArrayList<>();
        ports.add(new Port("the gateway", "FRONTDESK_PORT", gateway));
        services.forEach((service, port) -> ports.add(new Port(service.module(), service.name() + "_PORT", port)));
        ports.add(new Port("the provider simulator", "SIMULATOR_PORT", simulator));
        ports.add(new Port("PostgreSQL", "POSTGRES_PORT", postgres));
        ports.add(new Port("Kafka", "KAFKA_PORT", kafka));
        return ports;
    }

    Path logs() {
        return data.resolve("logs");
    }

    Path run() {
        return data.resolve("run");
    }

    public Path postgresData() {
        return data.resolve("postgres");
    }

    Path kafkaData() {
        return data.resolve("kafka");
    }

    public Path clients() {
        return root.resolve("deploy/local/clients.properties");
    }
}
