package dev.frontdesk.http;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A refusal that the caller can read: thrown anywhere, answered as {@code application/problem+json} (RFC 9457).
 *
 * <p>The type is a stable URI {@code https://frontdesk.dev/problems/<slug>}; every subclass brings a slug, a status and
 * a title, and a thrower may name a narrower slug and add members:
 * {@code throw new Conflict("The slot is taken").type("slot-taken").with("alternatives", slots)}.
 * The detail is shown to callers: never put SQL, provider text or secrets into it. Carries no stack trace; it is an
 * answer, not a fault.
 */
public abstract sealed class Problem extends RuntimeException
        permits BadRequest,
                Conflict,
                Forbidden,
                NotFound,
                OtherProblem,
                PreconditionFailed,
                TooLarge,
                TooManyRequests,
                Unauthorized,
                Unavailable,
                Unprocessable,
                UnsupportedMedia {

    /** What every problem type URI starts with. */
    public static final String TYPES = "https://frontdesk.dev/problems/";

    /** The media type of every error answer. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private final int status;
    private final String title;
    private final transient Map<String, Object> members = new LinkedHashMap<>();
    private final transient Map<String, String> headers = new LinkedHashMap<>();
    private String slug;

    Problem(int status, String slug, String title, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.slug = slug;
        this.title = title;
    }

    /** Narrows the type, for example {@code slot-taken}; lower case and hyphens. */
    public Problem type(String narrowerSlug) {
        slug = narrowerSlug;
        return this;
    }

    /** Adds an extension member, for example {@code alternatives} or {@code reason}; the name in snake_case. */
    public Problem with(String member, Object value) {
        members.put(member, value);
        return this;
    }

    /** Adds a header to the answer, for example {@code Allow}. */
    public Problem header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    Problem retryAfter(Duration wait) {
        return header(
                "Retry-After", Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
    }

    /** The HTTP status of the answer. */
    public int status() {
        return status;
    }

    /** The type URI of the answer. */
    public URI type() {
        return URI.create(TYPES + slug);
    }

    /** The headers of the answer beyond the media type, for example {@code Retry-After} in seconds. */
    public Map<String, String> headers() {
        return Collections.unmodifiableMap(headers);
    }

    /** The answer's JSON members in order: type, title, status, detail, then the extensions. */
    public Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", type().toString());
        body.put("title", title);
        body.put("status", status);
        if (getMessage() != null) {
            body.put("detail", getMessage());
        }
        body.putAll(members);
        return body;
    }
}
