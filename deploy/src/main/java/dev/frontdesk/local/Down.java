package dev.frontdesk.local;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** {@code deploy/down}: stops the platform, or what is left of one that was killed. */
public final class Down {
    private Down() {}

    public static void main(String[] arguments) {
        Logger.getLogger("").setLevel(Level.SEVERE);
        try {
            Settings settings = Settings.of(System.getenv());
            Optional<ProcessHandle> platform =
                    Leftovers.running(settings.run().resolve("platform.pid"), Up.class.getName());
            platform.ifPresent(Down::stop);
            List<String> ended = new Leftovers(settings).clear();
            if (!ended.isEmpty()) {
                System.out.println("Stopped what a killed platform left running: " + String.join(", ", ended));
            } else {
                System.out.println(platform.isPresent() ? "Stopped. The data stays." : "The platform is not running.");
            }
        } catch (Refusal refusal) {
            System.err.println(refusal.getMessage());
            System.exit(1);
        }
    }

    private static void stop(ProcessHandle platform) {
        System.out.println("Stopping ...");
        platform.destroy();
        if (!Leftovers.isGoneWithin(platform, Duration.ofSeconds(90))) {
            platform.destroyForcibly();
        }
    }
}
