package dev.frontdesk.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code deploy/up --detach}: starts the platform as a process of its own and shows its progress until it is ready. */
final class Detached {
    private final Settings settings;
    private final Path log;
    private final Path ready;

    Detached(Settings settings) {
        this.settings = settings;
        log = settings.data().resolve("platform.log");
        ready = settings.run().resolve("ready");
    }

    void start(List<String> options) {
        try {
            Files.createDirectories(settings.run());
            if (Leftovers.running(settings.run().resolve("platform.pid"), Up.class.getName())
                    .isPresent()) {
                throw new Refusal("The platform is already running. deploy/down stops it.");
            }
            Files.deleteIfExists(ready);
            Process platform = new ProcessBuilder(command(options))
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(log.toFile())
                    .start();
            follow(platform);
        } catch (IOException e) {
            throw new Refusal("%s cannot be written: %s".formatted(settings.data(), e.getMessage()));
        }
    }

    private List<String> command(List<String> options) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            command.add("/usr/bin/setsid");
        } else {
            command.add("nohup");
        }
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(List.of(
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dfrontdesk.root=" + settings.root(),
                "-cp",
                System.getProperty("java.class.path"),
                Up.class.getName()));
        options.stream().filter(option -> !option.equals("--detach")).forEach(command::add);
        return command;
    }

    /** Prints what the platform prints until it is ready or has ended. */
    private void follow(Process platform) {
        long shown = 0;
        try {
            boolean ended;
            boolean isReady;
            do {
                ended = platform.waitFor(100, TimeUnit.MILLISECONDS);
                isReady = Files.exists(ready);
                byte[] said = Files.readAllBytes(log);
                System.out.write(said, (int) shown, said.length - (int) shown);
                System.out.flush();
                shown = said.length;
            } while (!ended && !isReady);
            if (ended) {
                System.exit(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
