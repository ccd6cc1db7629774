package dev.frontdesk.storm;

import java.io.IOException;
import java.io.UncheckedIOException;

/** What the shell's kill does. */
final class Signal {
    private Signal() {}

    static void send(String name, long pid) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill -%s %d: %d".formatted(name, pid, code));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
