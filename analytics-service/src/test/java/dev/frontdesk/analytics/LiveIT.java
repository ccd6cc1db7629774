package dev.frontdesk.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
class LiveIT {

    @TestHTTPResource("/api/analytics/live")
    URI live;

    @Test
    void anOpenPageHearsOfAChangeWithinSecondsAndOfNoOtherClients() throws IOException, InterruptedException {
        try (InputStream mine = open("default");
                InputStream others = open("acme")) {
            List<String> heard = listen(mine);
            List<String> foreign = listen(others);
            await().untilAsserted(() -> assertThat(heard).isNotEmpty());
            await().untilAsserted(() -> assertThat(foreign).isNotEmpty());
            int before = heard.size();
            List<String> foreignBefore = new ArrayList<>(foreign);

            Wire.send("default", Told.call(Told.someone()).on(TestClock.NOW).started());

            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(heard).hasSizeGreaterThan(before));
            assertThat(heard).last().asString().startsWith("data:{\"changed_at\":\"20");
            assertThat(foreign).isEqualTo(foreignBefore);
        }
    }

    private InputStream open(String client) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(live)
                                .header("X-Client-Id", client)
                                .header("Accept", "text/event-stream")
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    private static List<String> listen(InputStream stream) {
        List<String> lines = new CopyOnWriteArrayList<>();
        Thread listener = new Thread(
                () -> new java.util.Scanner(stream, StandardCharsets.UTF_8).forEachRemaining(line -> lines.add(line)));
        listener.setDaemon(true);
        listener.start();
        return lines;
    }
}
