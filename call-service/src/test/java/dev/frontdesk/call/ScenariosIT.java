package dev.frontdesk.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.http.Json;
import dev.frontdesk.testing.Fixtures;
import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every scenario of calls ends in the row it names: as given, in every other order, and with each step doubled. */
@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(Neighbours.class)
class ScenariosIT {

    @TestFactory
    Stream<DynamicTest> asGiven() throws Exception {
        return scenarios()
                .map(it -> DynamicTest.dynamicTest(name(it), () -> {
                    List<String> steps = steps(it);
                    Map<String, Object> row = played(it, steps);
                    if (it.path("expect").has("ignored")) {
                        int ignored = it.path("expect").path("ignored").asInt();
                        assertThat(row.get("version")).isEqualTo((long) (steps.size() - ignored));
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> inEveryOrderAndDoubled() throws Exception {
        return scenarios()
                .map(it -> DynamicTest.dynamicTest(name(it), () -> {
                    for (List<String> order : orders(steps(it))) {
                        played(it, order);
                        played(
                                it,
                                order.stream()
                                        .flatMap(step -> Stream.of(step, step))
                                        .toList());
                        played(it, Stream.concat(order.stream(), order.stream()).toList());
                    }
                }));
    }

    private static Map<String, Object> played(JsonNode scenario, List<String> steps) {
        Deliveries deliveries = Deliveries.to("default");
        for (String step : steps) {
            assertThat(deliveries.send(step).statusCode()).as(step).isBetween(200, 299);
        }
        Map<String, Object> row = deliveries.row();
        JsonNode expected = scenario.path("expect");
        for (String column : List.of("status", "call_type", "phone_number", "sentiment", "customer_name")) {
            if (expected.has(column)) {
                assertThat(row.get(column))
                        .as("%s of %s", column, steps)
                        .isEqualTo(expected.path(column).asText());
            }
        }
        if (expected.has("duration")) {
            assertThat(row.get("duration"))
                    .as("duration of %s", steps)
                    .isEqualTo(expected.path("duration").asInt());
        }
        if (expected.has("cost")) {
            assertThat((BigDecimal) row.get("cost"))
                    .as("cost of %s", steps)
                    .isEqualByComparingTo(expected.path("cost").asText());
        }
        if (expected.has("recording")) {
            assertThat(row.get("recording_url")).as("recording of %s", steps).isNotNull();
        }
        return row;
    }

    /** Those of calls that need nothing but webhooks; prices by REST are Reconciliation's. */
    private static Stream<JsonNode> scenarios() throws Exception {
        JsonNode all = Json.mapper().readTree(Fixtures.bytes("scenarios.json")).path("scenarios");
        return StreamSupport.stream(all.spliterator(), false)
                .filter(it -> it.path("expect").path("table").asText().equals("calls"))
                .filter(it -> steps(it).stream().noneMatch(step -> step.startsWith("REST")));
    }

    private static String name(JsonNode scenario) {
        return scenario.path("name").asText();
    }

    private static List<String> steps(JsonNode scenario) {
        List<String> steps = new ArrayList<>();
        scenario.path("steps").forEach(step -> steps.add(step.asText()));
        return steps;
    }

    private static List<List<String>> orders(List<String> steps) {
        if (steps.size() < 2) {
            return List.of(steps);
        }
        List<List<String>> orders = new ArrayList<>();
        for (int first = 0; first < steps.size(); first++) {
            List<String> rest = new ArrayList<>(steps);
            String head = rest.remove(first);
            for (List<String> tail : orders(rest)) {
                List<String> order = new ArrayList<>(List.of(head));
                order.addAll(tail);
                orders.add(order);
            }
        }
        return orders;
    }
}
