package dev.frontdesk.call.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.http.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.core.http.HttpClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Asks providers' REST APIs, each request once: what has an effect must never be sent a second time by itself. */
@ApplicationScoped
public class ProviderApi {

    private static final long DEADLINE_MILLIS = 10_000;
    private static final List<Integer> REFUSED = List.of(400, 401, 402, 403, 404, 405, 409, 422);

    private final HttpClient http;

    ProviderApi(Vertx vertx) {
        this.http = vertx.createHttpClient();
    }

    /** The provider said no; its text is for our log only. */
    public static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final int status;

        Refused(int status, String text) {
            super("provider answered " + status + ": " + (text.length() > 300 ? text.substring(0, 300) : text));
            this.status = status;
        }

        /** The HTTP status. */
        public int status() {
            return status;
        }
    }

    /** {@code Authorization} of a user and password. */
    public static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** {@code Authorization} of a key. */
    public static String bearer(String key) {
        return "Bearer " + key;
    }

    /** The JSON at an address; null for 404. */
    public Uni<JsonNode> get(String url, String authorization) {
        return send(HttpMethod.GET, url, authorization, null, null)
                .onFailure(e -> e instanceof Refused refused && refused.status() == 404)
                .recoverWithNull();
    }

    /** Posts a body and reads the JSON answered. */
    public Uni<JsonNode> post(String url, String authorization, String type, String body) {
        return send(HttpMethod.POST, url, authorization, type, body);
    }

    private Uni<JsonNode> send(HttpMethod method, String url, String authorization, String type, String body) {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(url)
                .setTimeout(DEADLINE_MILLIS)
                .putHeader("Authorization", authorization)
                .putHeader("Accept", "application/json");
        if (type != null) {
            options.putHeader("Content-Type", type);
        }
        return http.request(options)
                .chain(request -> body == null ? request.send() : request.send(body))
                .chain(response -> response.body().map(bytes -> read(response.statusCode(), bytes)));
    }

    private static JsonNode read(int status, Buffer bytes) {
        String text = bytes.toString(StandardCharsets.UTF_8);
        if (status >= 300) {
            if (REFUSED.contains(status)) {
                throw new Refused(status, text);
            }
            throw new IllegalStateException("provider answered " + status);
        }
        try {
            return Json.mapper().readTree(text);
        } catch (IOException e) {
            throw new IllegalStateException("provider answered no JSON");
        }
    }
}
