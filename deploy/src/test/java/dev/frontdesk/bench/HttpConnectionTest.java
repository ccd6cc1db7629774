package dev.frontdesk.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HttpConnectionTest {
    private static final byte[] REQUEST = HttpLoad.request("GET", "/", "", new byte[0]);

    @Test
    void aBodyOfKnownLengthIsRead() throws IOException {
        assertThat(bodyOf("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")).isEqualTo("hello");
    }

    @Test
    void theChunksOfABodyAreJoined() throws IOException {
        assertThat(bodyOf("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n"))
                .isEqualTo("hello");
    }

    @Test
    void aListIsRightOnceAndTheSameEverAfter() throws IOException {
        SameList two = new SameList(2);
        assertThat(isRight(two, "{\"items\": [1]}")).isFalse();
        assertThat(isRight(two, "{\"items\": [1, 2]}")).isTrue();
        assertThat(isRight(two, "{\"items\": [1, 2]}")).isTrue();
        assertThat(isRight(two, "{\"items\": [2, 1]}")).isFalse();
    }

    private static boolean isRight(SameList list, String body) throws IOException {
        String answer = "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s".formatted(body.length(), body);
        try (ServerSocket server = answering(answer);
                HttpConnection connection = new HttpConnection(server.getLocalPort())) {
            connection.exchange(REQUEST);
            return list.test(connection);
        }
    }

    private static String bodyOf(String answer) throws IOException {
        try (ServerSocket server = answering(answer);
                HttpConnection connection = new HttpConnection(server.getLocalPort())) {
            assertThat(connection.exchange(REQUEST)).isEqualTo(200);
            return connection.body();
        }
    }

    private static ServerSocket answering(String answer) throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        CompletableFuture.runAsync(() -> {
            try (Socket client = server.accept()) {
                client.getInputStream().readNBytes(REQUEST.length);
                client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                // Until the other side closes.
                client.getInputStream().read();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return server;
    }
}
