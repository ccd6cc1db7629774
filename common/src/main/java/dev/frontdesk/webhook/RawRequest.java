package dev.frontdesk.webhook;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A provider's request as it was signed: nothing decoded, nothing normalised.
 *
 * @param method upper case
 * @param url the public URL the provider was told to call: the configured base, the raw path, {@code ?} and the raw query
 * @param query the raw query without {@code ?}; empty when there is none
 * @param body the raw bytes, never null
 * @param headers by lower-case name, values in order
 * @param receivedAt when it arrived
 */
public record RawRequest(
        String method, String url, String query, byte[] body, Map<String, List<String>> headers, Instant receivedAt) {

    private static final Pattern SLASHES_AT_THE_END = Pattern.compile("/+$");

    public RawRequest {
        body = body == null ? new byte[0] : body;
        Map<String, List<String>> lowerCase = new TreeMap<>();
        headers.forEach((name, values) -> lowerCase
                .computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                .addAll(values));
        headers = Collections.unmodifiableMap(lowerCase);
    }

    /**
     * Takes the request from Vert.x.
     *
     * @param publicUrl the configured public base, for example {@code https://desk.example.com}; never taken from the
     *     request, whose {@code Host} and {@code X-Forwarded-*} anyone can set
     * @param body the raw body, as a {@code byte[]} parameter of the resource gives it; null is none
     */
    public static RawRequest of(HttpServerRequest request, String publicUrl, byte[] body, Instant receivedAt) {
        String target = pathAndQuery(request.uri());
        int mark = target.indexOf('?');
        Map<String, List<String>> headers = new TreeMap<>();
        request.headers()
                .forEach((name, value) ->
                        headers.computeIfAbsent(name, key -> new ArrayList<>()).add(value));
        return new RawRequest(
                request.method().name(),
                SLASHES_AT_THE_END.matcher(publicUrl).replaceFirst("") + target,
                mark < 0 ? "" : target.substring(mark + 1),
                body,
                headers,
                receivedAt);
    }

    /** As {@link #of(HttpServerRequest, String, byte[], Instant)}. */
    public static RawRequest of(RoutingContext context, String publicUrl, byte[] body, Instant receivedAt) {
        return of(context.request(), publicUrl, body, receivedAt);
    }

    /** The first value of a header, any case. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    /** The form: of the query for a GET, else of the body; see {@link Form#parse(byte[])} for its refusals. */
    public Form form() {
        return method.equals("GET") ? Form.parse(query) : Form.parse(body);
    }

    /** The body as UTF-8 text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    private static String pathAndQuery(String uri) {
        int fragment = uri.indexOf('#');
        String target = fragment < 0 ? uri : uri.substring(0, fragment);
        if (target.startsWith("/")) {
            return target;
        }
        int path = target.indexOf('/', target.indexOf("://") + 3);
        return path < 0 ? "/" : target.substring(path);
    }
}
