package dev.frontdesk.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * How large a request may be: 5 MiB under {@code /webhooks} and the webhook aliases, 1 MiB elsewhere, counted while it
 * arrives; and problems for what is refused before any resource is reached.
 */
@ApplicationScoped
class RequestLimits {
    private static final long WEBHOOK_BYTES = 5L << 20;
    private static final long API_BYTES = 1L << 20;
    private static final int BEFORE_QUARKUS = 10_000;
    private static final int AFTER_QUARKUS = 1;

    void guard(@Observes Filters filters) {
        filters.register(this::refuseAnnouncedExcess, BEFORE_QUARKUS);
        filters.register(this::limitUnannounced, AFTER_QUARKUS);
    }

    void explain(@Observes Router router) {
        for (HttpResponseStatus status : List.of(
                HttpResponseStatus.BAD_REQUEST,
                HttpResponseStatus.UNAUTHORIZED,
                HttpResponseStatus.FORBIDDEN,
                HttpResponseStatus.NOT_FOUND,
                HttpResponseStatus.METHOD_NOT_ALLOWED,
                HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                HttpResponseStatus.REQUEST_URI_TOO_LONG,
                HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE)) {
            router.errorHandler(status.code(), context -> answer(context, OtherProblem.of(status.code(), null)));
        }
    }

    private void refuseAnnouncedExcess(RoutingContext context) {
        String announced = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (announced != null && tooLong(announced, limit(context.request().path()))) {
            // What follows on the wire is a body nobody will read.
            context.response().putHeader(HttpHeaders.CONNECTION, "close");
            answer(
                    context,
                    new TooLarge("The body is over " + limit(context.request().path()) + " bytes"));
        } else {
            context.next();
        }
    }

    private void limitUnannounced(RoutingContext context) {
        context.put(
                VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, limit(context.request().path()));
        context.next();
    }

    static long limit(String path) {
        return path != null && (path.startsWith("/webhooks/") || path.startsWith("/api/webhooks/"))
                ? WEBHOOK_BYTES
                : API_BYTES;
    }

    private static boolean tooLong(String announced, long limit) {
        try {
            return Long.parseLong(announced.trim()) > limit;
        } catch (NumberFormatException e) {
            return true;
        }
    }

    private static void answer(RoutingContext context, Problem problem) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.headWritten()) {
            return;
        }
        response.setStatusCode(problem.status()).putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
        problem.headers().forEach(response::putHeader);
        response.end(Buffer.buffer(ProblemMapper.bytes(problem)));
    }
}
