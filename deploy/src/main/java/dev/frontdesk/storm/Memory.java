package dev.frontdesk.storm;

import dev.frontdesk.local.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Resident memory in MiB, as Linux tells it; 0 where nobody does. */
final class Memory {
    private Memory() {}

    static long ofServices(Site site) {
        long sum = 0;
        for (Service service : Service.values()) {
            sum += of(site.platform.pid(service));
        }
        return sum;
    }

    static long of(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc/%d/status".formatted(pid))).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }
}
