package dev.frontdesk.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What must be so before anything is started; each check refuses with what to do about it. */
final class Requirements {
    private static final long MEGABYTE = 1024 * 1024;
    /** What the platform takes when idle is a little more than half of this. */
    private static final long MEMORY = 2048 * MEGABYTE;

    private static final long DISK = 1024 * MEGABYTE;

    private Requirements() {}

    static void check(Settings settings) {
        built(settings);
        folder(settings.data());
        disk(settings.data());
        memory();
        ports(settings);
    }

    private static void built(Settings settings) {
        for (Service service : Service.values()) {
            Path jar = service.application(settings.root()).resolve("quarkus-run.jar");
            if (!Files.exists(jar)) {
                throw new Refusal("%s is not built: run mvn -DskipTests package.".formatted(service.module()));
            }
        }
    }

    private static void folder(Path data) {
        try {
            Files.createDirectories(data);
        } catch (IOException e) {
            throw new Refusal("%s cannot be made: %s".formatted(data, e.getMessage()));
        }
        Path postgres = data.resolve("postgres");
        String user = System.getProperty("user.name");
        try {
            String owner =
                    Files.getOwner(Files.exists(postgres) ? postgres : data).getName();
            if (!Files.isWritable(data) || (Files.exists(postgres) && !owner.equals(user))) {
                throw new Refusal("%s belongs to user %s and you are %s. Run as %s, set FRONTDESK_DATA, or delete it."
                        .formatted(data, owner, user, owner));
            }
        } catch (IOException e) {
            throw new Refusal("%s cannot be read: %s".formatted(data, e.getMessage()));
        }
    }

    private static void disk(Path data) {
        try {
            long free = Files.getFileStore(data).getUsableSpace();
            if (free < DISK) {
                throw new Refusal("Too little disk: %s has %d MiB free, the platform needs %d."
                        .formatted(data, free / MEGABYTE, DISK / MEGABYTE));
            }
        } catch (IOException e) {
            throw new Refusal("The free space of %s cannot be read: %s".formatted(data, e.getMessage()));
        }
    }

    /** Only where the system says what is available without swapping, which is on Linux. */
    private static void memory() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
            Optional<Long> available = lines.filter(line -> line.startsWith("MemAvailable:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst();
            if (available.isPresent() && available.get() < MEMORY) {
                throw new Refusal("Too little memory: %d MiB are available, the platform needs %d."
                        .formatted(available.get() / MEGABYTE, MEMORY / MEGABYTE));
            }
        } catch (IOException e) {
            // Not Linux: nothing to go by.
            return;
        }
    }

    private static void ports(Settings settings) {
        List<String> taken = settings.ports().stream()
                .filter(port -> isTaken(port.number()))
                .map(port -> "Port %d, for %s, is taken. Free it, or choose another: %s=... deploy/up"
                        .formatted(port.number(), port.user(), port.variable()))
                .toList();
        if (!taken.isEmpty()) {
            throw new Refusal(String.join("\n", taken));
        }
        List<Integer> numbers =
                settings.ports().stream().map(Settings.Port::number).sorted().toList();
        if (numbers.stream().distinct().count() < numbers.size()) {
            throw new Refusal("Two ports are the same: " + numbers);
        }
    }

    private static boolean isTaken(int port) {
        return !canListen(InetAddress.getLoopbackAddress(), port) || !canListen(anyAddress(), port);
    }

    private static boolean canListen(InetAddress address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static InetAddress anyAddress() {
        try {
            return InetAddress.getByAddress(new byte[4]);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
