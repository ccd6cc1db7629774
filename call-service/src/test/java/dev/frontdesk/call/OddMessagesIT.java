package dev.frontdesk.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frontdesk.http.Json;
import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Providers change their messages without notice: one odd field is answered, and loses no more than itself. */
@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(Neighbours.class)
class OddMessagesIT {

    /** In place of any value of a JSON message, as JSON. */
    private static final List<String> ODD = List.of(
            "null",
            "\"\"",
            "\"\\u0000\\ud800\"",
            "-7",
            "1e999999999",
            "\"1e-999999999\"",
            "123456789012345678901234567890",
            "true",
            "[]",
            "{\"a\\u0000\":[null]}",
            "\"9999-12-31T23:59:59Z\"",
            "\"" + "x".repeat(5_000) + "\"");

    /** In place of any value of a form, encoded. */
    private static final List<String> ODD_TEXTS = List.of(
            "",
            "%00",
            "-1",
            "99999999999999999999",
            "1e999999999",
            "null",
            "%F0%9F%98%80",
            "Fri%2C+31+Dec+9999+23%3A59%3A59+%2B0000",
            "x".repeat(5_000));

    private static final List<String> COLUMNS = List.of(
            "status",
            "duration",
            "cost",
            "call_type",
            "phone_number",
            "customer_name",
            "sentiment",
            "transcript",
            "summary",
            "recording_url",
            "ended_reason",
            "ended_at",
            "carrier_call_id");

    /** Without these nobody knows what is meant. */
    private static final Set<String> NEEDED = Set.of(
            "/message",
            "/message/type",
            "/message/status",
            "/message/call",
            "/message/call/id",
            "/event",
            "/call",
            "/call/call_id",
            "/name");

    /** What a form tells is in these. */
    private static final Set<String> TELLING =
            Set.of("AnsweredBy", "CallStatus", "RecordingStatus", "TranscriptionStatus");

    private record Odd(String path, boolean leaf, String json, Deliveries deliveries) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vapi/end-of-call-report-inbound.json",
                "vapi/status-update-ended.json",
                "vapi/assistant-request.json",
                "vapi/tool-calls-object-arguments.json",
                "vapi/transfer-destination-request.json",
                "retell/call-analyzed.json",
                "retell/function-call.json",
                "retell/inbound-webhook.json"
            })
    void anOddFieldOfAJsonMessageLosesNoMoreThanItself(String fixture) {
        Map<String, Object> whole = rowOf(fixture);
        inParallel(odd(fixture), it -> {
            HttpResponse<String> answer = send(fixture, it.deliveries(), it.json());
            assertThat(answer.statusCode())
                    .as("%s in %s", it.path(), it.json())
                    .isBetween(200, NEEDED.contains(it.path()) ? 422 : 204);
            List<Map<String, Object>> rows = it.deliveries().rows();
            if (!whole.isEmpty() && !NEEDED.contains(it.path())) {
                assertThat(rows).as("%s in %s", it.path(), it.json()).hasSize(1);
                if (it.leaf()) {
                    assertThat(differences(whole, rows.get(0), it.deliveries()))
                            .as("%s in %s", it.path(), it.json())
                            .hasSizeLessThan(3);
                }
            }
        });
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            twilio/voice-status-completed-inbound.form, /voice/status
            twilio/voice-incoming.form, /voice
            twilio/recording-status-completed.form, /voice/recording
            twilio/transcription-completed.form, /voice/transcription
            twilio/amd-status.form, /voice/amd
            """)
    void anOddFieldOfAFormLosesNoMoreThanItself(String fixture, String route) {
        String form = Deliveries.to("default").payload(fixture);
        List<String> names = Stream.of(form.split("&"))
                .map(it -> it.replaceFirst("=.*", ""))
                .distinct()
                .toList();
        inParallel(names, name -> {
            for (String value : ODD_TEXTS) {
                Deliveries twilio = Deliveries.to("default");
                String odd = Stream.of(twilio.payload(fixture).split("&"))
                        .map(it -> it.startsWith(name + "=") ? name + "=" + value : it)
                        .collect(Collectors.joining("&"));
                boolean needed = Set.of("CallSid", "AccountSid").contains(name);
                boolean tells = !needed && !TELLING.contains(name);
                assertThat(twilio.twilio(route, odd).statusCode()).as(odd).isBetween(200, needed ? 422 : 200);
                assertThat(twilio.rows()).as(odd).hasSizeBetween(tells ? 1 : 0, 1);
            }
        });
    }

    @Test
    void aTranscriptOfAnyLengthIsKeptAndFound() {
        Deliveries vapi = Deliveries.to("default");
        String words = IntStream.range(0, 200_000)
                .mapToObj(i -> "w" + Integer.toString(i, 36))
                .collect(Collectors.joining(" "));
        HttpResponse<String> answer = vapi.vapi("""
                {"message":{"type":"end-of-call-report","endedReason":"customer-ended-call","startedAt":"2026-11-10T17:00:05Z",
                 "durationSeconds":9,"transcript":"%s","summary":"%s","analysis":{"structuredData":{"customerName":"%s"}},
                 "call":{"id":"%s"}}}""".formatted(words, words, words, vapi.id(PhoneCall.VAPI_CALL)));
        assertThat(answer.statusCode()).isEqualTo(200);
        Map<String, Object> row = vapi.row();
        assertThat(row.get("transcript")).isEqualTo(words);
        assertThat(row.get("summary").toString()).hasSize(10_000);
        assertThat(row.get("customer_name").toString()).hasSize(300);
        assertThat(Deliveries.get("/api/calls?limit=200&q=w" + Integer.toString(20_000, 36), Map.of())
                        .body())
                .contains(row.get("id").toString());
    }

    @Test
    void aHundredToolsAtOnceAreAllAnsweredInTime() {
        PhoneCall call = new PhoneCall();
        call.message("assistant-request", "");
        String tools = IntStream.range(0, 100)
                .mapToObj(i -> "{\"id\":\"%s\",\"name\":\"check_services\"}".formatted(PhoneCall.fresh()))
                .collect(Collectors.joining(","));
        long start = System.nanoTime();
        JsonNode results =
                call.message("tool-calls", "\"toolCallList\":[" + tools + "],").path("results");
        assertThat(System.nanoTime() - start).isLessThan(3_500_000_000L);
        assertThat(results)
                .hasSize(100)
                .allSatisfy(it -> assertThat(
                                it.path("result").asText(it.path("error").asText()))
                        .isNotBlank());
    }

    private static Map<String, Object> rowOf(String fixture) {
        Deliveries deliveries = Deliveries.to("default");
        deliveries.send(fixture);
        List<Map<String, Object>> rows = deliveries.rows();
        return rows.isEmpty() ? Map.of() : rows.get(0);
    }

    private static HttpResponse<String> send(String fixture, Deliveries deliveries, String json) {
        return fixture.startsWith("vapi/") ? deliveries.vapi(json) : deliveries.retell(json);
    }

    /** The columns that are not as they were, ids of the test aside. */
    private static List<String> differences(Map<String, Object> whole, Map<String, Object> row, Deliveries deliveries) {
        return COLUMNS.stream()
                .filter(column -> !column.equals("carrier_call_id") || row.get(column) == null)
                .filter(column -> !Objects.equals(whole.get(column), row.get(column)))
                .filter(column -> !column.equals("carrier_call_id") || whole.get(column) != null)
                .toList();
    }

    /** The fixture with each of its fields made odd, in one way after the other. */
    private static List<Odd> odd(String fixture) {
        List<String> paths = new ArrayList<>();
        paths("", tree(Deliveries.to("default").payload(fixture)), paths);
        List<Odd> all = new ArrayList<>();
        for (String path : paths) {
            all.add(odd(fixture, path, ODD.get(all.size() % ODD.size())));
        }
        return all;
    }

    private static Odd odd(String fixture, String path, String value) {
        Deliveries deliveries = Deliveries.to("default");
        JsonNode message = tree(deliveries.payload(fixture));
        int last = path.lastIndexOf('/');
        JsonNode parent = message.at(path.substring(0, last));
        String name = path.substring(last + 1);
        boolean leaf = message.at(path).isValueNode();
        if (parent instanceof ObjectNode object) {
            object.put(name, "@odd@");
        } else {
            ((ArrayNode) parent).set(Integer.parseInt(name), "@odd@");
        }
        return new Odd(path, leaf, message.toString().replace("\"@odd@\"", value), deliveries);
    }

    /** Of lists the first entry stands for all. */
    private static void paths(String path, JsonNode node, List<String> paths) {
        if (!path.isEmpty()) {
            paths.add(path);
        }
        if (node.isObject()) {
            node.properties().forEach(field -> paths(path + "/" + field.getKey(), field.getValue(), paths));
        } else if (node.isArray() && !node.isEmpty()) {
            paths(path + "/0", node.get(0), paths);
        }
    }

    private static JsonNode tree(String json) {
        try {
            return Json.mapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> void inParallel(List<T> things, Consumer<T> check) {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            things.stream()
                    .map(it -> CompletableFuture.runAsync(() -> check.accept(it), threads))
                    .toList()
                    .forEach(CompletableFuture::join);
        } finally {
            threads.shutdown();
        }
    }
}
