package dev.frontdesk.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventsTest {

    static Set<String> types() {
        return new TreeSet<>(Events.types().keySet());
    }

    @ParameterizedTest
    @MethodSource("types")
    void theJsonOfEveryTypeIsItsGoldenFile(String type) throws IOException {
        byte[] golden = golden(type);
        DomainEvent event = Events.read(type, golden);
        assertThat(event.type()).isEqualTo(type);
        ObjectMapper json = new ObjectMapper();
        JsonNode written = json.readTree(Events.write(event));
        assertThat(written).isEqualTo(json.readTree(golden));
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyEventIsFlatSnakeCaseAndKeyedByItsAggregate(String type) throws IOException {
        DomainEvent event = Events.read(type, golden(type));
        assertThat(event.aggregateId()).isNotBlank();
        assertThat(type).startsWith(typePrefix(event));
        for (String name : fields(Events.tree(event)).toList()) {
            assertThat(name).matches("[a-z0-9_]+");
        }
        assertThat(Events.tree(event)).noneMatch(JsonNode::isObject);
    }

    @Test
    void anUnknownTypeBrokenJsonAndAMissingIdAreUnreadable() {
        assertThatThrownBy(() -> Events.read("booking.invented.v9", "{}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Events.Unreadable.class)
                .hasMessageContaining("booking.invented.v9");
        for (String broken : Set.of("{", "[]", "null", "{\"id\":3}", "{\"version\":null}", "{}")) {
            assertThatThrownBy(() -> Events.read("call.ended.v1", broken.getBytes(StandardCharsets.UTF_8)))
                    .as(broken)
                    .isInstanceOf(Events.Unreadable.class);
        }
    }

    @Test
    void aFieldAddedByALaterPublisherIsIgnored() throws IOException {
        String golden = new String(golden("sms.sent.v1"), StandardCharsets.UTF_8);
        String newer = golden.replaceFirst("\\{", "{\"carrier\": \"none\",");
        assertThat(Events.read("sms.sent.v1", newer.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Events.read("sms.sent.v1", golden.getBytes(StandardCharsets.UTF_8)));
    }

    private static String typePrefix(DomainEvent event) {
        if (event instanceof PrivacyEvent) {
            return "customer.";
        }
        return event instanceof FaqEvent ? "faq." : event.aggregateType().replaceFirst("(-messages|s)$", "");
    }

    private static Stream<String> fields(JsonNode object) {
        return object.properties().stream().map(java.util.Map.Entry::getKey).collect(Collectors.toList()).stream();
    }

    private static byte[] golden(String type) throws IOException {
        try (InputStream file = EventsTest.class.getResourceAsStream("/events/" + type + ".json")) {
            assertThat(file).as("golden file of " + type).isNotNull();
            return file.readAllBytes();
        }
    }
}
