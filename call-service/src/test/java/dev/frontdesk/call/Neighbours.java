package dev.frontdesk.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.frontdesk.http.Json;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/**
 * Whom call-service asks over HTTP: booking-service ({@link Desk}) and the providers' REST APIs, which answer what a test
 * tells them to. Tests talk to it over HTTP too, since Quarkus loads it in a class loader of its own.
 */
public final class Neighbours implements QuarkusTestResourceLifecycleManager {

    private static final String URL = "frontdesk.testing.neighbours";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Map<String, String> programmed = new ConcurrentHashMap<>();
    private final Map<String, String> received = new ConcurrentHashMap<>();
    private final Desk desk = new Desk();
    private volatile CountDownLatch hanging = new CountDownLatch(0);
    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::answer);
        server.start();
        String url = "http://localhost:" + server.getAddress().getPort();
        System.setProperty(URL, url);
        return Map.ofEntries(
                Map.entry("quarkus.rest-client.booking-desk.url", url),
                Map.entry("frontdesk.clients.default.twilio.api-url", url),
                Map.entry("frontdesk.clients.default.vapi.api-url", url),
                Map.entry("frontdesk.clients.default.vapi.api-key", "vapi-key"),
                Map.entry("frontdesk.clients.default.retell.api-url", url),
                Map.entry("frontdesk.clients.default.voice.transfer-to", "+14155550177"),
                Map.entry("frontdesk.clients.default.quiet-hours", "00:00-00:00"),
                Map.entry("frontdesk.clients.acme.quiet-hours", "00:00-23:59:59"),
                Map.entry("frontdesk.calls.reconcile-every", "1s"),
                Map.entry("frontdesk.calls.unsettled-every", "1s"),
                Map.entry("frontdesk.calls.catalogue-every", "1s"));
    }

    @Override
    public void stop() {
        server.stop(0);
    }

    /** From now on this path is answered so. */
    public static void program(String path, int status, String body) {
        send("PUT", "/programme" + path, status + " " + body);
    }

    /** booking-service goes away, or comes back. */
    public static void deskIsDown(boolean down) {
        send("PUT", "/desk-is-down", Boolean.toString(down));
    }

    /** From now on booking-service does what it is asked and answers nothing, until it is told to. */
    public static void deskHangs(boolean hangs) {
        send("PUT", "/desk-hangs", Boolean.toString(hangs));
    }

    /** The body that was last sent to a path. */
    public static String received(String path) {
        return send("GET", "/received" + path, "");
    }

    /** The bookings of a number, as a JSON array. */
    public static JsonNode bookings(String phone) {
        try {
            return Json.mapper().readTree(send("GET", "/bookings-of/" + phone, ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A booking is cancelled by other means than a call. */
    public static void cancel(String bookingId) {
        send("POST", "/api/bookings/" + bookingId + "/cancellation", "{}");
    }

    /** Where a provider's file is. */
    public static String url(String path) {
        return System.getProperty(URL) + path;
    }

    private static String send(String method, String path, String body) {
        try {
            return HTTP.send(
                            HttpRequest.newBuilder(URI.create(url(path)))
                                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (path.startsWith("/programme/")) {
            programmed.put(path.substring("/programme".length()), body);
            respond(exchange, "200 ok");
        } else if (path.equals("/desk-is-down")) {
            desk.down(Boolean.parseBoolean(body));
            respond(exchange, "200 ok");
        } else if (path.equals("/desk-hangs")) {
            hanging.countDown();
            hanging = new CountDownLatch(Boolean.parseBoolean(body) ? 1 : 0);
            respond(exchange, "200 ok");
        } else if (path.startsWith("/received/")) {
            respond(exchange, "200 " + received.getOrDefault(path.substring("/received".length()), ""));
        } else if (path.startsWith("/bookings-of/")) {
            respond(exchange, "200 " + desk.of(path.substring("/bookings-of/".length())));
        } else if (path.startsWith("/api/")) {
            String answer = desk.answer(exchange, path, body);
            await(hanging);
            respond(exchange, answer);
        } else {
            received.put(path, body);
            respond(exchange, programmed.getOrDefault(path, "404 {}"));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @param answer status, blank, body; of a redirect the address */
    private static void respond(HttpExchange exchange, String answer) throws IOException {
        int status = Integer.parseInt(answer.substring(0, 3));
        byte[] bytes = answer.substring(4).getBytes(StandardCharsets.UTF_8);
        String type = exchange.getRequestURI().getPath().endsWith(".mp3") ? "audio/mpeg" : "application/json";
        exchange.getResponseHeaders().add("Content-Type", type);
        if (status / 100 == 3) {
            exchange.getResponseHeaders().add("Location", answer.substring(4));
        }
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
