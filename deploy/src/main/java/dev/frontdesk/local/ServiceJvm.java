package dev.frontdesk.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How a service's JVM is started here: small, and told where everything is by its environment. */
final class ServiceJvm {
    /** Five of them must leave room on a laptop. FRONTDESK_JAVA_OPTIONS adds to these or overrides them. */
    private static final List<String> SMALL = List.of(
            "-Xms32m",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-Xss512k",
            "-XX:ReservedCodeCacheSize=64m",
            "-XX:+ExitOnOutOfMemoryError",
            // Starts in half the time; what it costs in throughput, a benchmark takes back.
            "-XX:TieredStopAtLevel=1",
            "-Dfile.encoding=UTF-8");

    private ServiceJvm() {}

    static List<String> arguments(Path application) {
        List<String> arguments = new ArrayList<>(SMALL);
        Arrays.stream(System.getenv().getOrDefault("FRONTDESK_JAVA_OPTIONS", "").split("\\s+"))
                .filter(option -> !option.isBlank())
                .forEach(arguments::add);
        arguments.addAll(ClassArchive.options(application));
        arguments.addAll(List.of("-jar", "quarkus-run.jar"));
        return arguments;
    }

    static Map<String, String> environment(Settings settings, Service service) {
        Map<String, String> environment = new HashMap<>();
        environment.put(
                "QUARKUS_HTTP_PORT", Integer.toString(settings.services().get(service)));
        // The platform is open to whoever reaches it, so nobody beyond this machine may.
        environment.put("QUARKUS_HTTP_HOST", "localhost");
        environment.put("POSTGRES_HOST", "localhost");
        environment.put("POSTGRES_PORT", Integer.toString(settings.postgres()));
        environment.put("DB_PASSWORD", service.database() + "_app");
        environment.put("DB_OWNER_PASSWORD", service.database() + "_owner");
        environment.put("KAFKA_BOOTSTRAP_SERVERS", settings.bootstrapServers());
        environment.put("FRONTDESK_SECURITY", "open");
        environment.put("FRONTDESK_PUBLIC_URL", settings.gatewayUrl());
        environment.put("FRONTDESK_DEMO_DATA", "on");
        // Nobody signs in here, so everybody is one caller.
        environment.put("FRONTDESK_RATE_API", "0");
        environment.put("FRONTDESK_RATE_EXPORTS", "0");
        environment.put("SIMULATOR_URL", settings.simulatorUrl());
        environment.put("SMALLRYE_CONFIG_LOCATIONS", settings.clients().toUri().toString());
        // glibc gives every thread an arena of its own, which is most of what a small JVM takes.
        environment.put("MALLOC_ARENA_MAX", "2");
        for (Service other : Service.values()) {
            environment.put(other.name() + "_URL", settings.url(other));
        }
        return environment;
    }
}
