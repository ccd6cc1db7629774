package dev.frontdesk.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.local.Refusal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** HTTP as it is: a request out, status and text back. Nothing is retried. */
final class Wire {
    /** What came back. */
    record Answer(int status, String body, Duration took) {
        boolean isOk() {
            return status / 100 == 2;
        }

        JsonNode json() {
            return Json.read(body);
        }
    }

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    Answer post(String url, String body, Map<String, String> headers) {
        return send(request(url, headers).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    Answer get(String url, Map<String, String> headers) {
        return send(request(url, headers).GET());
    }

    private static HttpRequest.Builder request(String url, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(30));
        headers.forEach(request::header);
        return request;
    }

    private Answer send(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        long since = System.nanoTime();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body(), Duration.ofNanos(System.nanoTime() - since));
        } catch (IOException e) {
            throw new Refusal("%s does not answer (%s). Is the platform running? deploy/up starts it."
                    .formatted(request.uri(), e.getClass().getSimpleName()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal("Interrupted.");
        }
    }
}
