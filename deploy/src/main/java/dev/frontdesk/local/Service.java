package dev.frontdesk.local;

import java.nio.file.Path;
import java.util.Locale;

/** The five services: their names, ports and what they are started from. */
public enum Service {
    BOOKING(8081),
    CALL(8082),
    SMS(8083),
    CUSTOMER(8084),
    ANALYTICS(8085);

    final int defaultPort;

    Service(int defaultPort) {
        this.defaultPort = defaultPort;
    }

    /** The name of its database. */
    public String database() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name of its module and of its Kafka consumer group. */
    public String module() {
        return database() + "-service";
    }

    Path application(Path root) {
        return root.resolve(module()).resolve("target/quarkus-app");
    }
}
