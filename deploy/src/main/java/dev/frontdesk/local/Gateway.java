package dev.frontdesk.local;

import dev.frontdesk.http.NotFound;
import dev.frontdesk.http.Problem;
import dev.frontdesk.http.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One port in front of the five services. Bodies stream through it; it keeps and changes nothing but the headers. */
final class Gateway implements AutoCloseable {
    /** RFC 9110, 7.6.1: these concern one connection and are not passed on. */
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "expect",
            "content-length");
    /** A text's status is a hundred bytes or so; what is longer is no status. */
    private static final int STATUS_LIMIT = 64 * 1024;

    private final Vertx vertx;
    private final HttpClient client;
    private final Map<Service, Integer> ports;

    private Gateway(Settings settings) {
        ports = new ConcurrentHashMap<>(settings.services());
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
        client = vertx.createHttpClient(new HttpClientOptions()
                .setMaxPoolSize(256)
                .setConnectTimeout(2000)
                .setTcpNoDelay(true)
                // The service closes idle connections later than this, never earlier.
                .setKeepAliveTimeout(30));
    }

    static Gateway listening(Settings settings) {
        Gateway gateway = new Gateway(settings);
        gateway.vertx
                .createHttpServer(new HttpServerOptions()
                        .setHost("localhost")
                        .setPort(settings.gateway())
                        // What is too long the services refuse, with a problem.
                        .setMaxInitialLineLength(1 << 20)
                        .setMaxHeaderSize(1 << 20)
                        .setHandle100ContinueAutomatically(true))
                .requestHandler(gateway::handle)
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return gateway;
    }

    /** What comes from now on for this service goes to the instance on this port; what is under way stays where it is. */
    void turn(Service service, int port) {
        ports.put(service, port);
    }

    private void handle(HttpServerRequest request) {
        if (Routes.isSharedStatus(request.path())) {
            request.body()
                    .onSuccess(body -> forward(
                            request, Routes.ofStatus(body.getString(0, Math.min(body.length(), STATUS_LIMIT))), body))
                    .onFailure(failure -> request.response().reset());
            return;
        }
        Optional<Service> service = Routes.of(request.path());
        if (service.isEmpty()) {
            refuse(request.response(), new NotFound("Nothing is served at this path"));
            return;
        }
        request.pause();
        forward(request, service.get(), null);
    }

    private void forward(HttpServerRequest request, Service service, Buffer body) {
        RequestOptions options = new RequestOptions()
                .setMethod(request.method())
                .setHost("localhost")
                .setPort(ports.get(service))
                .setURI(request.uri());
        client.request(options)
                .compose(upstream -> send(request, upstream, body))
                .onSuccess(answer -> relay(answer, request))
                .onFailure(failure -> fail(request, service, failure));
    }

    private Future<HttpClientResponse> send(HttpServerRequest request, HttpClientRequest upstream, Buffer body) {
        // Somebody who hangs up is not waiting for the answer.
        request.response().closeHandler(closed -> upstream.reset());
        request.headers().forEach(header -> {
            if (!HOP_BY_HOP.contains(header.getKey().toLowerCase())) {
                upstream.headers().add(header.getKey(), header.getValue());
            }
        });
        upstream.putHeader("X-Forwarded-For", request.remoteAddress().hostAddress());
        upstream.putHeader("X-Forwarded-Proto", "http");
        upstream.putHeader("X-Forwarded-Host", request.getHeader(HttpHeaders.HOST));
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (body != null) {
            return upstream.send(body);
        }
        if (length != null) {
            upstream.putHeader(HttpHeaders.CONTENT_LENGTH, length);
            return upstream.send(request);
        }
        if (request.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            upstream.setChunked(true);
            return upstream.send(request);
        }
        request.resume();
        return upstream.send();
    }

    private static void relay(HttpClientResponse answer, HttpServerRequest request) {
        HttpServerResponse response = request.response();
        if (response.closed()) {
            return;
        }
        response.setStatusCode(answer.statusCode());
        answer.headers().forEach(header -> {
            if (!HOP_BY_HOP.contains(header.getKey().toLowerCase())) {
                response.headers().add(header.getKey(), header.getValue());
            }
        });
        String length = answer.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, length);
        }
        boolean bodyless =
                request.method() == HttpMethod.HEAD || answer.statusCode() == 204 || answer.statusCode() == 304;
        if (bodyless) {
            response.end();
            return;
        }
        response.setChunked(length == null);
        answer.pipeTo(response).onFailure(failure -> response.reset());
    }

    private static void fail(HttpServerRequest request, Service service, Throwable failure) {
        HttpServerResponse response = request.response();
        if (response.headWritten() || response.closed()) {
            response.reset();
        } else {
            String what = failure instanceof ConnectException ? " is not running" : " broke off before it answered";
            refuse(response, new Unavailable(service.module() + what, Duration.ofSeconds(1)));
        }
        request.resume();
    }

    private static void refuse(HttpServerResponse response, Problem problem) {
        problem.headers().forEach(response::putHeader);
        response.setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(new JsonObject(problem.body()).toBuffer());
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
