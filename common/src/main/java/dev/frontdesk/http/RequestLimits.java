package dev.frontdesk.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * How large a request may be (5 MiB for webhooks, 1 MiB elsewhere, counted while it arrives when nothing announces it), how
 * large all of them together, how long its URL, and how long it may take to arrive; and problems for what is refused before any
 * resource is reached.
 */
@ApplicationScoped
class RequestLimits {
    private static final long WEBHOOK_BYTES = 5L << 20;
    private static final long API_BYTES = 1L << 20;
    private static final long SMALL_BYTES = 64L << 10;
    private static final long BYTES_AT_ONCE = 64L << 20;
    private static final int LONGEST_TARGET = 8 << 10;
    private static final int HEADER_BYTES = 20 << 10;
    private static final Duration LINGER = Duration.ofSeconds(1);
    private static final int BEFORE_QUARKUS = 10_000;
    private static final String BODY = RequestLimits.class.getName();
    private static final int[] REFUSED_BY_THE_SERVER = {400, 401, 403, 404, 405, 413, 414, 415};

    private final Duration arrival;
    /** Bytes of the large bodies that are on their way or being worked on. */
    private final AtomicLong atOnce = new AtomicLong();

    RequestLimits(@ConfigProperty(name = "frontdesk.http.arrival-time", defaultValue = "PT30S") Duration arrival) {
        this.arrival = arrival;
    }

    void guard(@Observes Filters filters) {
        filters.register(this::limit, BEFORE_QUARKUS);
    }

    void explain(@Observes Router router) {
        for (int status : REFUSED_BY_THE_SERVER) {
            router.errorHandler(status, context -> answer(context, refusal(context, status)));
        }
        // Before Quarkus' own, which is the very last and answers without a body.
        router.route().order(Integer.MAX_VALUE - 1).failureHandler(RequestLimits::explain);
    }

    /** Gives the resource the body that was counted here. */
    @ServerRequestFilter(preMatching = true)
    public void useCounted(ContainerRequestContext request, RoutingContext context) {
        Buffer body = context.get(BODY);
        if (body != null) {
            request.setEntityStream(new ByteArrayInputStream(body.getBytes()));
        }
    }

    private void limit(RoutingContext context) {
        HttpServerRequest request = context.request();
        Problem misdirected = misdirected(request);
        if (misdirected != null) {
            refuse(context, misdirected);
            return;
        }
        String announced = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        long limit = limit(request.path());
        if (announced != null && bytes(announced) > limit) {
            refuse(context, tooLarge(limit));
        } else if (request.isEnded() || announced == null && !maySendUnannounced(request)) {
            context.next();
        } else {
            giveTime(context);
            if (announced == null) {
                count(context, limit);
            } else if (hasRoom(context, bytes(announced))) {
                context.next();
            } else {
                refuse(context, noRoom());
            }
        }
    }

    /** Whether so many bytes more fit into the memory for bodies; they are given back with the answer. Small ones take none. */
    private boolean hasRoom(RoutingContext context, long bytes) {
        if (bytes <= SMALL_BYTES) {
            return true;
        }
        if (atOnce.addAndGet(bytes) > BYTES_AT_ONCE) {
            atOnce.addAndGet(-bytes);
            return false;
        }
        AtomicLong taken = new AtomicLong(bytes);
        // Called twice when the connection breaks.
        context.addEndHandler(end -> atOnce.addAndGet(-taken.getAndSet(0)));
        return true;
    }

    private static Problem noRoom() {
        return new Unavailable("Too many large bodies at once");
    }

    /** What is wrong with the target or the headers; null when nothing is. */
    private static Problem misdirected(HttpServerRequest request) {
        if (request.uri().length() > LONGEST_TARGET) {
            return OtherProblem.of(414, "The URL is over " + LONGEST_TARGET + " characters");
        }
        int bytes = 0;
        for (Map.Entry<String, String> header : request.headers()) {
            bytes += header.getKey().length() + header.getValue().length();
        }
        if (bytes > HEADER_BYTES) {
            return OtherProblem.of(431, "The headers are over " + HEADER_BYTES + " bytes");
        }
        try {
            if (!isPlain(request.uri())) {
                new URI(request.uri());
            }
            return null;
        } catch (URISyntaxException e) {
            return new BadRequest(
                    "The URL is malformed: write what is not allowed in it as % and two hexadecimal digits");
        }
    }

    /** A path of characters that are allowed everywhere: needs no parsing. */
    private static boolean isPlain(String target) {
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (!(c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || c == '-'
                    || c == '_'
                    || c == '/')) {
                return false;
            }
        }
        return !target.startsWith("//");
    }

    private static void explain(RoutingContext context) {
        int status = context.statusCode();
        boolean refused = context.failure() == null || status >= 400 && status < 500;
        answer(context, refused ? refusal(context, status) : ProblemMapper.problem(context.failure(), List.of()));
    }

    /** What the server refused by its status alone; a malformed target never gets as far as {@link #limit}. */
    private static Problem refusal(RoutingContext context, int status) {
        Problem misdirected = misdirected(context.request());
        return misdirected == null ? OtherProblem.of(status, null) : misdirected;
    }

    /** One that is no longer small takes the room of the largest it may become. */
    private void count(RoutingContext context, long limit) {
        HttpServerRequest request = context.request();
        Buffer body = Buffer.buffer();
        request.handler(part -> {
            int length = body.length() + part.length();
            if (context.response().ended()) {
                return;
            } else if (length > limit) {
                refuse(context, tooLarge(limit));
            } else if (body.length() <= SMALL_BYTES && length > SMALL_BYTES && !hasRoom(context, limit)) {
                refuse(context, noRoom());
            } else {
                body.appendBuffer(part);
            }
        });
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            context.response().writeContinue();
        }
        request.endHandler(end -> {
            if (!context.response().ended()) {
                context.put(BODY, body);
                context.next();
            }
        });
    }

    private void giveTime(RoutingContext context) {
        long timer = context.vertx().setTimer(arrival.toMillis(), late -> {
            if (!context.request().isEnded()) {
                refuse(context, OtherProblem.of(408, "The body did not arrive within " + arrival.toSeconds() + " s"));
            }
        });
        context.addEndHandler(end -> context.vertx().cancelTimer(timer));
    }

    private static boolean maySendUnannounced(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || request.version() == HttpVersion.HTTP_2;
    }

    static long limit(String path) {
        return path != null && (path.startsWith("/webhooks/") || path.startsWith("/api/webhooks/"))
                ? WEBHOOK_BYTES
                : API_BYTES;
    }

    private static long bytes(String announced) {
        try {
            return Long.parseLong(announced.trim());
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private static TooLarge tooLarge(long limit) {
        return new TooLarge("The body is over " + limit + " bytes");
    }

    /** Answers, and closes a little later: at once, the rest of the body would make the client's side lose the answer. */
    private static void refuse(RoutingContext context, Problem problem) {
        if (context.response().ended()) {
            return;
        }
        HttpServerRequest request = context.request();
        if (request.version() != HttpVersion.HTTP_2) {
            context.response().putHeader(HttpHeaders.CONNECTION, "close");
        }
        answer(context, problem);
        context.vertx().setTimer(LINGER.toMillis(), later -> {
            if (request.isEnded()) {
                return;
            } else if (request.version() == HttpVersion.HTTP_2) {
                context.response().reset();
            } else {
                request.connection().close();
            }
        });
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
