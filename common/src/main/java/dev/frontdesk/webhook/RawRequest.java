package dev.frontdesk.webhook;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A provider's request as it was signed: nothing decoded, nothing normalised. */
public final class RawRequest {

    private static final Pattern SLASHES_AT_THE_END = Pattern.compile("/+$");

    private final String method;
    private final String url;
    private final String query;
    private final byte[] body;
    private final Map<String, List<String>> headers = new HashMap<>();
    private final Instant receivedAt;
    /** Read when first asked for: verifying and understanding a request both need it. */
    private Form form;

    /**
     * A request put together by hand.
     *
     * @param method upper case
     * @param url the public URL the provider was told to call: the configured base, the raw path, {@code ?} and the raw query
     * @param query the raw query without {@code ?}; empty when there is none
     * @param body the raw bytes; null is none
     * @param headers by name in any case, values in order
     * @param receivedAt when it arrived
     */
    public RawRequest(
            String method,
            String url,
            String query,
            byte[] body,
            Iterable<Map.Entry<String, String>> headers,
            Instant receivedAt) {
        this.method = method;
        this.url = url;
        this.query = query;
        this.body = body == null ? new byte[0] : body;
        for (Map.Entry<String, String> header : headers) {
            this.headers
                    .computeIfAbsent(header.getKey().toLowerCase(Locale.ROOT), name -> new ArrayList<>(1))
                    .add(header.getValue());
        }
        this.receivedAt = receivedAt;
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
        return new RawRequest(
                request.method().name(),
                SLASHES_AT_THE_END.matcher(publicUrl).replaceFirst("") + target,
                mark < 0 ? "" : target.substring(mark + 1),
                body,
                request.headers(),
                receivedAt);
    }

    /** As {@link #of(HttpServerRequest, String, byte[], Instant)}. */
    public static RawRequest of(RoutingContext context, String publicUrl, byte[] body, Instant receivedAt) {
        return of(context.request(), publicUrl, body, receivedAt);
    }

    /** Upper case. */
    public String method() {
        return method;
    }

    /** The public URL with the raw path and query. */
    public String url() {
        return url;
    }

    /** The raw bytes, never null. */
    public byte[] body() {
        return body;
    }

    /** When it arrived. */
    public Instant receivedAt() {
        return receivedAt;
    }

    /** The first value of a header, any case. */
    public Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    /** All values of a header, any case, in order. */
    public List<String> headers(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /** The form: of the query for a GET, else of the body; see {@link Form#parse(byte[])} for its refusals. */
    public Form form() {
        if (form == null) {
            form = method.equals("GET") ? Form.parse(query) : Form.parse(body);
        }
        return form;
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
