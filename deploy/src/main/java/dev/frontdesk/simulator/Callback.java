package dev.frontdesk.simulator;

import dev.frontdesk.webhook.Form;
import dev.frontdesk.webhook.TwilioSignature;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Calls a status callback as Twilio does: a signed form, tried once more when the connection fails. */
final class Callback {
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** @param token the account's auth token, which signs */
    void post(String url, Map<String, String> fields, String token) {
        // What follows # tells Twilio how to retry; it is neither sent nor signed.
        String target = url.replaceAll("#.*", "");
        String body = encode(fields);
        HttpRequest request = HttpRequest.newBuilder(URI.create(target))
                .timeout(Duration.ofSeconds(15))
                .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .header("X-Twilio-Signature", TwilioSignature.sign(target, form(fields), token))
                .header("I-Twilio-Idempotency-Token", UUID.randomUUID().toString())
                .header("User-Agent", "TwilioProxy/1.1")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        send(request).exceptionallyCompose(failure -> send(request)).exceptionally(failure -> null);
    }

    private CompletableFuture<Void> send(HttpRequest request) {
        return http.sendAsync(request, HttpResponse.BodyHandlers.discarding()).thenAccept(answer -> {});
    }

    static Form form(Map<String, String> fields) {
        return Form.of(List.copyOf(fields.entrySet()));
    }

    static String encode(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
