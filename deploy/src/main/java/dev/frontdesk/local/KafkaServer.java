package dev.frontdesk.local;

import dev.frontdesk.testing.Broker;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The Kafka broker as a process of its own: {@code KafkaServer <folder> <port>}. Stops on SIGTERM. */
public final class KafkaServer {
    private KafkaServer() {}

    public static void main(String[] arguments) {
        Logger.getLogger("").setLevel(Level.WARNING);
        Broker broker = Broker.embedded(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop"));
    }
}
