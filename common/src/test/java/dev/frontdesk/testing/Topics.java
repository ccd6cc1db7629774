package dev.frontdesk.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** The topics of the contract, as {@code META-INF/topics.properties} lists them. */
public final class Topics {
    private Topics() {}

    /** Makes the topics that do not exist yet; those that exist stay as they are. */
    public static void create(String bootstrapServers) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            Set<String> existing = admin.listTopics().names().get();
            List<NewTopic> missing = all().stream()
                    .filter(topic -> !existing.contains(topic.name()))
                    .toList();
            admin.createTopics(missing).all().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The topics could not be made", e.getCause());
        }
    }

    static List<NewTopic> all() {
        Properties file = new Properties();
        try (InputStream in = Topics.class.getResourceAsStream("/META-INF/topics.properties")) {
            file.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.stringPropertyNames().stream()
                .map(name -> topic(name, file.getProperty(name)))
                .toList();
    }

    private static NewTopic topic(String name, String settings) {
        Map<String, String> configuration = new HashMap<>();
        Arrays.stream(settings.trim().split("\\s+"))
                .map(setting -> setting.split("=", 2))
                .forEach(pair -> configuration.put(pair[0], pair[1]));
        int partitions = Integer.parseInt(configuration.remove("partitions"));
        return new NewTopic(name, partitions, (short) 1).configs(configuration);
    }
}
