package dev.frontdesk.bench;

import static dev.frontdesk.bench.Bench.say;

import dev.frontdesk.local.Platform;
import dev.frontdesk.local.Service;
import dev.frontdesk.local.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** W8: how long each service takes to its first answer from the database, and what memory it takes, idle and loaded. */
final class Footprint {

    /** What staff ask for when they open the desk. */
    private static final Map<Service, String> FIRST = Map.of(
            Service.BOOKING, "/api/services",
            Service.CALL, "/api/calls?limit=1",
            Service.SMS, "/api/sms/messages?limit=1",
            Service.CUSTOMER, "/api/customers?limit=1",
            Service.ANALYTICS, "/api/analytics/daily");

    private final Settings settings;
    private final Platform platform;
    private final HttpClient http = HttpClient.newHttpClient();
    private final double allReadyIn;
    private final Map<Service, List<Double>> firstAnswers = new EnumMap<>(Service.class);
    private final Map<Service, Long> idle = new EnumMap<>(Service.class);
    private final Map<Service, Long> loaded = new EnumMap<>(Service.class);

    private Footprint(Settings settings, Platform platform, double allReadyIn) {
        this.settings = settings;
        this.platform = platform;
        this.allReadyIn = allReadyIn;
    }

    /** Starts the platform and sees what its services take when they have done nothing yet. */
    static Footprint of(Settings settings, Platform platform) {
        long since = System.nanoTime();
        platform.start();
        Footprint footprint = new Footprint(settings, platform, (System.nanoTime() - since) / 1e9);
        for (Service service : Service.values()) {
            footprint.idle.put(service, Processes.resident(platform.pid(service)));
        }
        return footprint;
    }

    /** Starts a service, while no other is up; it has answered when this returns. */
    void start(Service service) {
        long since = System.nanoTime();
        platform.start(service);
        answer(service);
        firstAnswers.computeIfAbsent(service, it -> new ArrayList<>()).add((System.nanoTime() - since) / 1e9);
    }

    /** Starts each service alone with PostgreSQL and Kafka until it has been so many times. */
    void startAlone(int times) {
        for (Service service : Service.values()) {
            while (firstAnswers.getOrDefault(service, List.of()).size() < times) {
                start(service);
                platform.stop(service);
            }
        }
    }

    /** It has just been under load. */
    void isLoaded(Service service) {
        loaded.put(service, Processes.resident(platform.pid(service)));
    }

    private void answer(Service service) {
        try {
            URI first = URI.create(settings.url(service) + FIRST.get(service));
            int status = http.send(HttpRequest.newBuilder(first).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (status / 100 != 2) {
                throw new Bench.Unbalanced("%s answered %d".formatted(first, status));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void report() {
        say("%-24s %13s %9s %11s".formatted("", "first 2xx", "idle MiB", "loaded MiB"));
        for (Service service : Service.values()) {
            say("%-24s %13s %9d %11s"
                    .formatted(
                            service.module(),
                            median(firstAnswers.getOrDefault(service, List.of())),
                            idle.get(service),
                            loaded.containsKey(service) ? loaded.get(service) : "-"));
        }
        say("%-24s %11.1f s %9d %11s"
                .formatted(
                        "all five",
                        allReadyIn,
                        sum(idle),
                        loaded.size() == idle.size() ? Long.toString(sum(loaded)) : "-"));
        say(
                "first 2xx: from the start of a service alone to its first answer out of the database, median; all five: from"
                        + " nothing, with PostgreSQL and Kafka. MiB resident; idle: just started.");
    }

    private static String median(List<Double> seconds) {
        if (seconds.isEmpty()) {
            return "-";
        }
        double[] sorted = seconds.stream().mapToDouble(it -> it).sorted().toArray();
        return "%.1f s".formatted(sorted[sorted.length / 2]);
    }

    private static long sum(Map<Service, Long> mib) {
        return mib.values().stream().mapToLong(Long::longValue).sum();
    }

    /** What deploy/bench starts a JVM with that is to be compared with a service. */
    static List<String> javaOptions() {
        String options = "-Xms32m -XX:+UseSerialGC -Xss512k -Dfile.encoding=UTF-8 "
                + System.getenv().getOrDefault("FRONTDESK_JAVA_OPTIONS", "");
        return Arrays.stream(options.split("\\s+")).filter(it -> !it.isBlank()).toList();
    }
}
