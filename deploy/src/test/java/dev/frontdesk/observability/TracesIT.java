package dev.frontdesk.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.frontdesk.local.Platform;
import dev.frontdesk.local.SecondInstance;
import dev.frontdesk.local.Service;
import dev.frontdesk.local.TestPlatform;
import dev.frontdesk.testing.Fixtures;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** One trace from the provider's webhook through outbox and Kafka to the rollup, seen by a collector; and in the log. */
class TracesIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** What the services exported: OTLP in protobuf, in which names and ids stand as they are. */
    private final List<String> exported = new CopyOnWriteArrayList<>();

    @Test
    void aWebhookAndWhatComesOfItAreOneTrace() throws Exception {
        HttpServer collector = collector();
        Map<String, String> traced = Map.of(
                "OTEL_SDK_DISABLED", "false",
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                        "http://localhost:" + collector.getAddress().getPort(),
                "QUARKUS_OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
                "QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "PT0.2S",
                "FRONTDESK_LOG_JSON", "true",
                // Reads what the platform's own analytics-service reads, too: counting twice changes nothing.
                "MP_MESSAGING_CONNECTOR_SMALLRYE_KAFKA_GROUP_ID", "traced");
        Platform platform = TestPlatform.running();
        // The relay that publishes shall be the traced one's.
        platform.kill(Service.CALL);
        try (SecondInstance call = SecondInstance.started(Service.CALL, traced);
                SecondInstance analytics = SecondInstance.started(Service.ANALYTICS, traced)) {
            call.ready();
            analytics.ready();
            String trace = UUID.randomUUID().toString().replace("-", "");
            String report = Fixtures.text("vapi/end-of-call-report-inbound.json")
                    .replace(
                            "c0a11000-0000-4000-8000-00000000a001",
                            UUID.randomUUID().toString());
            assertThat(deliver(call, trace, "vapi/default", "application/json", report))
                    .isEqualTo(200);
            // A refusal is logged.
            String form = "CallSid=CA1&AccountSid=ACffffffffffffffffffffffffffffffff&From=%2B14155550123";
            assertThat(deliver(call, trace, "twilio/default/voice", "application/x-www-form-urlencoded", form))
                    .isEqualTo(403);

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(exported)
                            .anyMatch(it -> is(it, trace, "call-service", "webhooks/vapi"))
                            .anyMatch(it -> is(it, trace, "call-service", "publish call."))
                            .anyMatch(it -> is(it, trace, "analytics-service", "frontdesk.calls")));
            assertThat(Files.readAllLines(call.log()).stream().filter(line -> line.contains(trace)))
                    .isNotEmpty()
                    .allSatisfy(line -> {
                        JsonNode json = new ObjectMapper().readTree(line);
                        assertThat(json.at("/mdc/traceId").asText()).isEqualTo(trace);
                        assertThat(json.at("/service").asText()).isEqualTo("call-service");
                    });
            assertThat(analytics.process().isAlive()).isTrue();
        } finally {
            collector.stop(0);
            platform.start(Service.CALL);
        }
    }

    private static boolean is(String payload, String trace, String service, String span) {
        byte[] id = HexFormat.of().parseHex(trace);
        return payload.contains(new String(id, StandardCharsets.ISO_8859_1))
                && payload.contains(service)
                && payload.contains(span);
    }

    private static int deliver(SecondInstance call, String trace, String provider, String type, String body)
            throws Exception {
        return HTTP.send(
                        HttpRequest.newBuilder(call.uri("/webhooks/" + provider))
                                .header("Content-Type", type)
                                .header("X-Vapi-Secret", "local-vapi-secret")
                                .header("X-Twilio-Signature", "wrong")
                                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private HttpServer collector() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", exchange -> {
            exported.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }
}
