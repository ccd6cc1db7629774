package dev.frontdesk.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * A POST that sends nothing has no media type to be refused for: what it leaves out may be left out (a cancellation's
 * reason), or is missed by name.
 */
@ApplicationScoped
class EmptyBodies {
    private static final int AFTER_THE_LIMITS = 9_000;

    void guard(@Observes Filters filters) {
        filters.register(EmptyBodies::name, AFTER_THE_LIMITS);
    }

    private static void name(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.method() == HttpMethod.POST && isOurs(request.path()) && isEmpty(request) && isUnnamed(request)) {
            request.headers().set(HttpHeaders.CONTENT_TYPE, "application/json");
        }
        context.next();
    }

    /** Webhooks are signed as they came. */
    private static boolean isOurs(String path) {
        return path != null && path.startsWith("/api/") && !path.startsWith("/api/webhooks/");
    }

    private static boolean isEmpty(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null
                ? !request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                : length.trim().equals("0");
    }

    /** No type, or the one that many clients name for nothing at all. */
    private static boolean isUnnamed(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type == null || type.isBlank() || type.startsWith("application/x-www-form-urlencoded");
    }
}
