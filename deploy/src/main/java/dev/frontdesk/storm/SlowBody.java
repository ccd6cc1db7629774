package dev.frontdesk.storm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** A request of which a byte arrives a second, for as long as anybody listens. */
final class SlowBody implements AutoCloseable {
    private final Socket socket;
    private final long since = System.nanoTime();
    private final CompletableFuture<String> end;

    SlowBody(int port, String path) {
        String head =
                "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"
                        .formatted(path);
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        end = new CompletableFuture<>();
        Thread thread = new Thread(() -> end.complete(drip()), "slow-body");
        thread.setDaemon(true);
        thread.start();
    }

    private String drip() {
        String answer = "closed";
        try {
            while (socket.getInputStream().available() == 0) {
                socket.getOutputStream().write(' ');
                Wait.pause(1000);
            }
            answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            // Closed.
        }
        return "%s after %d s".formatted(answer, Math.round((System.nanoTime() - since) / 1e9));
    }

    boolean isOver() {
        return end.isDone();
    }

    /** How it was answered, or that it was closed, and when. */
    String end() {
        return end.join();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
