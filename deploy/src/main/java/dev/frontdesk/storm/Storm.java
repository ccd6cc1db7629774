package dev.frontdesk.storm;

import dev.frontdesk.local.Platform;
import dev.frontdesk.local.Refusal;
import dev.frontdesk.local.Settings;
import dev.frontdesk.testing.Broker;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** {@code deploy/storm}: breaks a platform of its own while it is used, heals it, and counts what was lost or doubled. */
public final class Storm {
    private Storm() {}

    public static void main(String[] arguments) {
        Logger.getLogger("").setLevel(Level.OFF);
        List<String> given = List.of(arguments);
        if (given.contains("--help") || given.contains("-h")) {
            System.out.println(Help.TEXT);
            return;
        }
        try {
            System.exit(run(Plan.of(given)) ? 0 : 1);
        } catch (Refusal refusal) {
            System.err.println(refusal.getMessage());
            System.exit(2);
        } catch (RuntimeException e) {
            // Ends the platform by its shutdown hook; threads that are no daemons would keep this process otherwise.
            e.printStackTrace();
            System.exit(3);
        }
    }

    private static boolean run(Plan plan) {
        Path root = Path.of(System.getProperty("frontdesk.root", "")).toAbsolutePath();
        try (DataFolder data = DataFolder.of(root, plan.seed())) {
            Settings settings = Settings.elsewhere(root, data.path());
            Proxy proxy = new Proxy(Broker.freePort(), settings.postgres());
            Map<String, String> environment = Map.of(
                    "POSTGRES_PORT",
                    Integer.toString(proxy.port()),
                    // Reminders come due at whatever hour a storm is made, and nobody waits for the next look at them.
                    "FRONTDESK_CLIENTS_DEFAULT_QUIET_HOURS",
                    "00:00-00:00",
                    "FRONTDESK_REMINDERS_EVERY",
                    "2s");
            Platform platform = new Platform(settings, environment, line -> {});
            Thread end = new Thread(platform::close, "stop-storm");
            Runtime.getRuntime().addShutdownHook(end);
            System.out.printf(
                    "Storm with seed %d, %d s, %d operations a second. Starting a platform in %s ...%n",
                    plan.seed(), plan.seconds(), plan.rate(), data.path());
            platform.start();
            boolean calm = new Course(platform, proxy, plan, Faults.all(plan)).run();
            platform.close();
            proxy.close();
            Runtime.getRuntime().removeShutdownHook(end);
            data.keepUnless(calm);
            return calm;
        }
    }
}
