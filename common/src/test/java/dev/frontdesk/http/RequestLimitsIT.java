package dev.frontdesk.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.frontdesk.testing.CommonProfile;
import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Requests that are too long, too slow or not to be read, byte by byte: refused with a problem before any resource. */
@QuarkusTest
@TestProfile(CommonProfile.class)
@QuarkusTestResource(Infrastructure.class)
class RequestLimitsIT {

    @TestHTTPResource("/")
    URI base;

    @Test
    void bodiesOverTheLimitAre413AnnouncedOrNot() {
        String over = "{\"customer_name\":\"" + "x".repeat(1 << 20) + "\"}";
        problem(given().contentType("application/json").body(over).post("/api/edge/things"), 413);
        assertThat(chunked("/api/edge/things", "application/json", over))
                .startsWith("HTTP/1.1 413")
                .contains(Problem.MEDIA_TYPE);
        given().contentType("application/json")
                .body("{\"number_of_loads\":1,\"customer_name\":\"" + "x".repeat(1_000_000) + "\"}")
                .post("/api/edge/things")
                .then()
                .statusCode(201);
        given().contentType("text/plain")
                .body(over)
                .post("/webhooks/edge")
                .then()
                .statusCode(200)
                .body(is("" + over.length()));
        assertThat(chunked("/webhooks/edge", "text/plain", over)).startsWith("HTTP/1.1 200");
        String large = "x".repeat((5 << 20) + 1);
        problem(given().contentType("text/plain").body(large).post("/webhooks/edge"), 413);
        assertThat(chunked("/webhooks/edge", "text/plain", large))
                .startsWith("HTTP/1.1 413")
                .contains(Problem.MEDIA_TYPE);
    }

    @Test
    void moreLargeBodiesAtOnceThanThereIsMemoryForAre503() throws IOException {
        List<Socket> arriving = new ArrayList<>();
        try {
            // Twelve of five MiB are still coming; there is room for four more MiB.
            for (int i = 0; i < 12; i++) {
                arriving.add(announced(5 << 20));
            }
            String large = "x".repeat(5 << 20);
            await().untilAsserted(() -> given().contentType("text/plain")
                    .body(large)
                    .post("/webhooks/edge")
                    .then()
                    .statusCode(503)
                    .contentType(Problem.MEDIA_TYPE)
                    .header("Retry-After", is("1")));
            assertThat(chunked("/webhooks/edge", "text/plain", large)).startsWith("HTTP/1.1 503");
            given().contentType("text/plain")
                    .body("x".repeat(64 << 10))
                    .post("/webhooks/edge")
                    .then()
                    .statusCode(200);
        } finally {
            for (Socket socket : arriving) {
                socket.close();
            }
        }
        await().untilAsserted(() -> {
            for (int i = 0; i < 13; i++) {
                assertThat(chunked("/webhooks/edge", "text/plain", "x".repeat(70_000)))
                        .startsWith("HTTP/1.1 200");
            }
        });
    }

    private Socket announced(int length) throws IOException {
        Socket socket = new Socket(base.getHost(), base.getPort());
        socket.getOutputStream()
                .write(("POST /webhooks/edge HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: "
                                + length + "\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    @Test
    void aLargeBodyStaysOnTheEventLoop() {
        String large = "x".repeat(900_000);
        given().contentType("text/plain")
                .body(large)
                .post("/webhooks/edge/thread")
                .then()
                .body(containsString("eventloop"));
        assertThat(chunked("/webhooks/edge/thread", "text/plain", large)).contains("eventloop");
    }

    @Test
    void aBodyThatIsCountedArrivesWhole() {
        assertThat(chunked("/api/edge/trees", "application/json", "{\"a\":[1.10,null]}"))
                .endsWith("{\"a\":[1.10,null]}");
        assertThat(chunked("/webhooks/edge", "application/x-www-form-urlencoded", "a=%20&b=+&a=1"))
                .endsWith("13");
        assertThat(chunked("/webhooks/edge", "text/plain", "")).endsWith("0");
    }

    @Test
    void aMalformedTargetIs400() {
        for (String target :
                new String[] {"/api/edge/things/%zz", "/api/edge/things?limit=%zz", "/%", "/api/edge/{x}|"}) {
            assertThat(target(target)).startsWith("HTTP/1.1 400").contains(Problem.MEDIA_TYPE, "hexadecimal");
        }
    }

    @Test
    void anEndlessTargetIs414AndEndlessHeadersAre431() {
        for (int length : new int[] {8 << 10, 100_000, 1_000_000}) {
            assertThat(target("/api/edge/things?limit=" + "1".repeat(length)))
                    .startsWith("HTTP/1.1 414")
                    .contains(Problem.MEDIA_TYPE);
            assertThat(raw("GET /api/edge/things HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Long: "
                            + "1".repeat(3 * length - 4_096)
                            + "\r\n\r\n"))
                    .startsWith("HTTP/1.1 431");
        }
    }

    @Test
    void aBodyThatNeverArrivesIs408() {
        assertThat(Stream.of("Content-Length: 100", "Transfer-Encoding: chunked")
                        .parallel()
                        .map(length ->
                                raw("POST /api/edge/things HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                                        + length + "\r\n\r\n"))
                        .toList())
                .allSatisfy(
                        answer -> assertThat(answer).startsWith("HTTP/1.1 408").contains(Problem.MEDIA_TYPE));
    }

    private static void problem(Response response, int status) {
        response.then().statusCode(status).contentType(Problem.MEDIA_TYPE).body("status", is(status));
    }

    private String target(String target) {
        return raw("GET " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    }

    /** Sends without Content-Length, and reads the answer even when the server stops reading half way. */
    private String chunked(String path, String type, String body) {
        return raw("POST " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: " + type
                + "\r\nTransfer-Encoding: chunked\r\n\r\n"
                + (body.isEmpty() ? "" : Integer.toHexString(body.length()) + "\r\n" + body + "\r\n")
                + "0\r\n\r\n");
    }

    private String raw(String request) {
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(10_000);
            Thread sender = new Thread(() -> send(socket, request));
            sender.start();
            return readAll(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void send(Socket socket, String request) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        } catch (IOException e) {
            // The server may close once it has refused; the answer is what counts.
            assertThat(e).hasMessageMatching("(?i).*(reset|broken pipe|closed).*");
        }
    }

    private static String readAll(InputStream in) {
        StringBuilder answer = new StringBuilder();
        byte[] part = new byte[4096];
        try {
            for (int read = in.read(part); read >= 0; read = in.read(part)) {
                answer.append(new String(part, 0, read, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            return answer.length() > 0 ? answer.toString() : "no answer: " + e.getMessage();
        }
        return answer.toString();
    }
}
