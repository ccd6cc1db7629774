package dev.frontdesk.customer.privacy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Booking, call and sms as a data export and a preview see them: two pages of calls, and nothing at all for numbers that
 * end in 99, or for client {@code acme}.
 */
public final class OtherServices implements QuarkusTestResourceLifecycleManager {

    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", OtherServices::answer);
        server.start();
        String url = "http://localhost:" + server.getAddress().getPort();
        return Map.of(
                "frontdesk.export.booking-url", url,
                "quarkus.rest-client.booking-desk.url", url,
                "frontdesk.export.call-url", url,
                "frontdesk.export.sms-url", url);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query =
                URLDecoder.decode(String.valueOf(exchange.getRequestURI().getRawQuery()), StandardCharsets.UTF_8);
        String client = exchange.getRequestHeaders().getFirst("X-Client-Id");
        String body =
                switch (path) {
                    case "/api/services" -> """
                        {"items": [{"code": "regular", "name": "Regular pickup", "duration_minutes": 30, "base_price": 15.00,
                          "price_per_unit": 8.00, "max_units": 20, "currency": "USD"}], "next_cursor": null}""";
                    case "/api/opening-hours" -> """
                        {"items": [{"weekday": "monday", "opens": "08:00", "closes": "20:00"}], "next_cursor": null}""";
                    case "/api/bookings" ->
                        "{\"items\": [{\"id\": \"b1\", \"client\": \"" + client + "\"}], \"next_cursor\": null}";
                    case "/api/calls" ->
                        query.contains("cursor=two")
                                ? "{\"items\": [{\"id\": \"c2\"}], \"next_cursor\": null}"
                                : "{\"items\": [{\"id\": \"c1\"}], \"next_cursor\": \"two\"}";
                    case "/api/sms/messages" ->
                        "{\"items\": [{\"id\": \"t1\", \"message_body\": \"hi\"}], \"next_cursor\": null}";
                    default -> "{\"id\": \"" + path.replaceFirst(".*/", "") + "\", \"transcript\": \"Hello?\"}";
                };
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(
                query.contains("99&") || query.endsWith("99") || "acme".equals(client) ? 500 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void stop() {
        server.stop(0);
    }
}
