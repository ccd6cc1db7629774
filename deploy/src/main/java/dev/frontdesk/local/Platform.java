package dev.frontdesk.local;

import dev.frontdesk.simulator.Simulator;
import dev.frontdesk.testing.Postgres;
import dev.frontdesk.testing.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The whole of Frontdesk on this machine: PostgreSQL, Kafka and the five services as processes; the gateway and the
 * provider simulator in this one. Closing it stops them in the opposite order; data stays.
 */
public final class Platform implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Settings settings;
    private final Consumer<String> progress;
    private final Map<Service, Child> services = new EnumMap<>(Service.class);
    /** Further instances, which the gateway does not know unless it is told. */
    private final Map<Service, Child> seconds = new EnumMap<>(Service.class);

    private final Map<String, String> environment;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private CompletableFuture<Void> database = CompletableFuture.completedFuture(null);
    private volatile Postgres postgres;
    private Child kafka;
    private Gateway gateway;
    private Simulator simulator;
    private volatile boolean closing;

    public Platform(Settings settings, Consumer<String> progress) {
        this(settings, Map.of(), progress);
    }

    /** @param environment what its services are told besides, or instead of, what the settings say */
    public Platform(Settings settings, Map<String, String> environment, Consumer<String> progress) {
        this.settings = settings;
        this.environment = environment;
        this.progress = progress;
    }

    /** Returns when everything answers; when anything does not, stops what has started and throws. */
    public Platform start() {
        try {
            Requirements.check(settings);
            database = CompletableFuture.runAsync(this::startPostgres);
            startKafka();
            database.join();
            simulator = Simulator.listening(settings.simulator(), Accounts.in(settings.clients()));
            for (Service service : Service.values()) {
                launch(service);
            }
            services.keySet().forEach(this::awaitReady);
            gateway = Gateway.listening(settings);
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    public Settings settings() {
        return settings;
    }

    private void startPostgres() {
        long since = System.nanoTime();
        postgres = Postgres.durable(settings.postgresData(), settings.postgres());
        ready("PostgreSQL", since);
    }

    /** Starts Kafka, again after {@link #stopKafka} too, and returns when it has its topics. */
    public void startKafka() {
        long since = System.nanoTime();
        kafka = Child.java(
                "kafka",
                settings,
                settings.root(),
                List.of(
                        "-Xmx384m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KafkaServer.class.getName(),
                        settings.kafkaData().toString(),
                        Integer.toString(settings.kafka())),
                Map.of());
        await(kafka, () -> Listening.on(settings.kafka()));
        Topics.create(settings.bootstrapServers());
        ready("Kafka", since);
    }

    /** Takes the broker away, as an outage would: with no warning to anybody. */
    public void stopKafka() {
        kafka.kill();
    }

    /** Starts a service and returns when it is ready. */
    public void start(Service service) {
        start(service, Map.of());
    }

    /** Starts a service with more in its environment. */
    public void start(Service service, Map<String, String> more) {
        Map<String, String> told = environment(service);
        told.putAll(more);
        services.put(service, launch(service, service.module(), told));
        awaitReady(service);
    }

    /** kill -9. */
    public void kill(Service service) {
        services.get(service).kill();
    }

    /** SIGTERM, then waits. */
    public void stop(Service service) {
        services.get(service).askToStop();
        services.get(service).awaitEnd(30 + ClassArchive.SECONDS_TO_WRITE);
    }

    /** Starts one more instance of a service, on this port, and returns when it is ready. */
    public void startSecond(Service service, int port) {
        startSecond(service, port, Map.of());
    }

    /** Starts one more instance of a service, on this port, with more in its environment. */
    public void startSecond(Service service, int port, Map<String, String> more) {
        Map<String, String> told = environment(service);
        told.putAll(more);
        told.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        Child second = launch(service, service.module() + "-2", told);
        seconds.put(service, second);
        awaitReady(second, "http://localhost:" + port);
    }

    /** From now on the gateway takes what this service is asked to its instance on this port. */
    public void turn(Service service, int port) {
        gateway.turn(service, port);
    }

    /** SIGTERM, then waits. */
    public void stopSecond(Service service) {
        Child second = seconds.remove(service);
        second.askToStop();
        second.awaitEnd(30);
    }

    /** kill -9. */
    public void killSecond(Service service) {
        seconds.remove(service).kill();
    }

    public long pidOfSecond(Service service) {
        return seconds.get(service).pid();
    }

    public long pid(Service service) {
        return services.get(service).pid();
    }

    public long kafkaPid() {
        return kafka.pid();
    }

    private void launch(Service service) {
        services.put(service, launch(service, service.module(), environment(service)));
    }

    private Child launch(Service service, String name, Map<String, String> told) {
        Path application = service.application(settings.root());
        return Child.java(name, settings, application, ServiceJvm.arguments(application), told);
    }

    private Map<String, String> environment(Service service) {
        Map<String, String> told = ServiceJvm.environment(settings, service);
        told.putAll(environment);
        return told;
    }

    private void awaitReady(Service service) {
        awaitReady(services.get(service), settings.url(service));
    }

    private void awaitReady(Child child, String url) {
        long since = System.nanoTime();
        URI ready = URI.create(url + "/q/health/ready");
        await(child, () -> answers(ready));
        ready(child.name(), since);
    }

    private boolean answers(URI uri) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void await(Child child, BooleanSupplier isReady) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isReady.getAsBoolean()) {
            if (closing) {
                throw new Refusal("Stopped while starting.");
            }
            if (!child.isAlive()) {
                throw new Refusal(child.lastWords());
            }
            if (System.nanoTime() > end) {
                throw new Refusal("%s is not ready after %d s; its log is %s"
                        .formatted(child.name(), PATIENCE.toSeconds(), child.log()));
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private void ready(String what, long since) {
        progress.accept("  %-20s ready (%.1f s)".formatted(what, (System.nanoTime() - since) / 1e9));
    }

    /** The children that have ended although nobody asked them to. */
    Set<String> casualties() {
        return Stream.concat(Stream.ofNullable(kafka), services.values().stream())
                .filter(child -> !closing && !child.isAlive())
                .map(Child::name)
                .collect(Collectors.toSet());
    }

    /** Deletes everything the platform keeps. It must not be running. */
    static void deleteData(Settings settings) {
        List.of(settings.postgresData(), settings.kafkaData(), settings.logs()).forEach(Folder::delete);
    }

    /** Gateway and services first, then Kafka, PostgreSQL last, so that nobody loses what it stands on. */
    @Override
    public synchronized void close() {
        closing = true;
        if (gateway != null) {
            gateway.close();
            gateway = null;
        }
        List<Child> children = new ArrayList<>(services.values());
        children.addAll(seconds.values());
        services.clear();
        seconds.clear();
        children.forEach(Child::askToStop);
        children.forEach(child -> child.awaitEnd(25 + ClassArchive.SECONDS_TO_WRITE));
        if (simulator != null) {
            simulator.close();
            simulator = null;
        }
        if (kafka != null) {
            kafka.askToStop();
            kafka.awaitEnd(20);
            kafka = null;
        }
        // It may be on its way up at this moment.
        database.exceptionally(failure -> null).join();
        if (postgres != null) {
            postgres.close();
            postgres = null;
        }
    }
}
