package dev.frontdesk.storm;

import dev.frontdesk.local.Platform;
import dev.frontdesk.local.Service;
import dev.frontdesk.local.Settings;
import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Topic;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** The platform as whoever breaks and inspects it sees it: its processes, databases, topics, and the people at its door. */
final class Site {
    static final Set<String> TOPICS =
            Set.of("bookings", "calls", "sms-messages", "customers", "customer-counters", "faqs", "system-prompts");
    private static final String QUEUED_TEXTS = """
            select count(*) from sms_messages
            where created_at <= ?
              and ((handover is not null and due_at <= ? and error_code is distinct from 'rate-limited') or reply = 'due')
            """;

    final Platform platform;
    final Settings settings;
    final Proxy proxy;
    final DatabaseServer server;
    final Sender sender;
    final Ledger ledger;
    final Random random;
    final Map<String, Business> businesses = new TreeMap<>();
    /** Keys of the records that were made to be unreadable. */
    final Set<String> poison = ConcurrentHashMap.newKeySet();

    Site(Platform platform, Proxy proxy, Ledger ledger, long seed) {
        this.platform = platform;
        this.settings = platform.settings();
        this.proxy = proxy;
        this.ledger = ledger;
        server = new DatabaseServer(settings.postgresData(), settings.postgres());
        sender = new Sender(settings.gatewayUrl());
        random = new Random(seed);
        for (String client : new String[] {"default", "acme"}) {
            businesses.put(client, new Business(settings, client, sender, random));
        }
    }

    Business business() {
        return businesses.get("default");
    }

    Database database(Service service) {
        return Database.at("localhost:" + settings.postgres(), service.database(), "postgres");
    }

    Topic topic(String name) {
        return Topic.at(settings.bootstrapServers(), "frontdesk." + name);
    }

    /** How many events of a service wait to be published. */
    long outbox(Service service) {
        return database(service).count("select count(*) from outbox");
    }

    /** How long the oldest event of any service has been waiting to be published. */
    double oldestEvent() {
        double oldest = 0;
        for (Service service : Service.values()) {
            Object age =
                    database(service).value("select extract(epoch from now() - min(created_at))::float8 from outbox");
            oldest = Math.max(oldest, age == null ? 0 : (Double) age);
        }
        return oldest;
    }

    /** What of what there was at this moment still waits to be published, answered or sent. */
    Map<String, Long> unpublished(Instant moment) {
        Timestamp before = Timestamp.from(moment);
        Map<String, Long> work = new TreeMap<>();
        for (Service service : Service.values()) {
            work.put(
                    "outbox of " + service.module(),
                    database(service).count("select count(*) from outbox where created_at <= ?", before));
        }
        work.put("texts to answer or send", database(Service.SMS).count(QUEUED_TEXTS, before, before));
        work.values().removeIf(waiting -> waiting == 0);
        return work;
    }

    /** The dead-letter topics, by name without prefix. */
    List<String> deadLetterTopics() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", settings.bootstrapServers()))) {
            return admin.listTopics().names().get().stream()
                    .filter(name -> name.endsWith(".dlq"))
                    .map(name -> name.replaceFirst("^frontdesk[.]", ""))
                    .sorted()
                    .toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
