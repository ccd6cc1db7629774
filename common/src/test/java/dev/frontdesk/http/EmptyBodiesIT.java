package dev.frontdesk.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.testing.CommonProfile;
import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(CommonProfile.class)
@QuarkusTestResource(Infrastructure.class)
class EmptyBodiesIT {

    @TestHTTPResource("/")
    URI base;

    @Test
    void whoHasNothingToSayNeedsNoBodyAndNoContentType() throws IOException {
        for (String headers : List.of(
                "",
                "Content-Length: 0\r\n",
                "Content-Type: application/json\r\nContent-Length: 0\r\n",
                "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\n")) {
            assertThat(post("/api/edge/things/1/cancellation", headers))
                    .as(headers)
                    .startsWith("HTTP/1.1 200")
                    .contains("just so");
        }
        assertThat(post("/api/edge/things", "")).containsPattern("^HTTP/1.1 4(00|22)");
        assertThat(post("/api/edge/things", "Content-Type: text/plain\r\nContent-Length: 0\r\n"))
                .startsWith("HTTP/1.1 415");
    }

    private String post(String path, String headers) throws IOException {
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.getOutputStream()
                    .write("POST %s HTTP/1.1\r\n%sHost: localhost\r\nConnection: close\r\n\r\n"
                            .formatted(path, headers)
                            .getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
