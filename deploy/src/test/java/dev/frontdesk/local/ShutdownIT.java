package dev.frontdesk.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The ends of a real process. SIGTERM: not ready any more but still serving, then what is under way is answered, then it is gone. */
class ShutdownIT {

    private static final String BODY = "{\"name\": \"Slow Typist\", \"phone\": \"+14155557%03d\"}";

    @Test
    void whatIsUnderWayIsFinishedAndTheProcessGoesWithinItsGrace() throws Exception {
        try (SecondInstance service = SecondInstance.of(Service.CUSTOMER, Map.of("QUARKUS_SHUTDOWN_DELAY", "PT2S"))) {
            byte[] body = BODY.formatted(System.nanoTime() % 1000).getBytes(StandardCharsets.UTF_8);
            try (Socket slow = new Socket("localhost", service.port())) {
                slow.setSoTimeout(20_000);
                OutputStream out = slow.getOutputStream();
                out.write(
                        ("POST /api/customers HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                                        + body.length + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                out.write(body, 0, 10);
                out.flush();
                service.process().destroy();
                // For two seconds load balancers learn that it goes, and it serves those that do not know yet.
                await().atMost(Duration.ofSeconds(2)).until(() -> service.status("/q/health/ready") == 503);
                assertThat(service.status("/q/health/live")).isEqualTo(200);
                assertThat(service.status("/api/customers")).isEqualTo(200);

                await().atMost(Duration.ofSeconds(5)).until(() -> isRefused(service));
                out.write(body, 10, body.length - 10);
                out.flush();
                assertThat(firstLine(slow.getInputStream())).isIn("HTTP/1.1 201 Created", "HTTP/1.1 409 Conflict");
                // The manifests give 40 s, five of them before SIGTERM.
                assertThat(service.process().waitFor(15, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    @Test
    void aServiceThatAsksForTokensAndHasNoIssuerDoesNotStart() throws Exception {
        try (SecondInstance service = SecondInstance.started(Service.CUSTOMER, Map.of("FRONTDESK_SECURITY", "jwt"))) {
            assertThat(service.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(service.process().exitValue()).isNotZero();
            assertThat(Files.readString(service.log())).contains("set MP_JWT_VERIFY_ISSUER and");
        }
    }

    private static boolean isRefused(SecondInstance service) {
        try (Socket another = new Socket("localhost", service.port())) {
            another.setSoTimeout(500);
            another.getOutputStream()
                    .write("GET /q/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return !firstLine(another.getInputStream()).contains("200");
        } catch (IOException e) {
            return true;
        }
    }

    private static String firstLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\r'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString();
    }
}
