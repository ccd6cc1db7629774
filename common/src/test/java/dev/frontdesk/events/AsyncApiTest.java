package dev.frontdesk.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The published document and the golden files say the same. */
class AsyncApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void everyTypeIsDocumentedAndNothingElse() throws IOException {
        Set<String> documented = new TreeSet<>();
        document()
                .at("/components/messages")
                .forEach(message -> documented.add(message.get("name").asText()));
        assertThat(documented).isEqualTo(new TreeSet<>(Events.types().keySet()));
    }

    @Test
    void everyGoldenFileIsValidAndEveryFieldOfItDocumented() throws IOException {
        JsonNode document = document();
        for (JsonNode message : document.at("/components/messages")) {
            String type = message.get("name").asText();
            JsonNode golden = JSON.readTree(resource("/events/" + type + ".json"));
            JsonSchema schema = schema(document, message.at("/payload/$ref").asText());
            assertThat(schema.validate(golden)).as(type).isEmpty();
            ObjectNode extended = golden.deepCopy();
            extended.put("no_such_field", 1);
            assertThat(schema.validate(extended))
                    .as(type + " is documented in full")
                    .hasSize(1);
        }
    }

    @Test
    void everyChannelIsATopicOfThePlatform() throws IOException {
        java.util.Properties topics = new java.util.Properties();
        topics.load(resource("/META-INF/topics.properties"));
        document()
                .get("channels")
                .forEach(channel -> assertThat(topics.stringPropertyNames())
                        .contains(channel.get("address").asText()));
    }

    private static JsonSchema schema(JsonNode document, String ref) {
        ObjectNode root = JSON.createObjectNode();
        root.set("components", document.get("components"));
        root.put("$ref", ref);
        root.put("unevaluatedProperties", false);
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(root);
    }

    private static JsonNode document() throws IOException {
        try (InputStream yaml = resource("/META-INF/asyncapi.yaml")) {
            return JSON.valueToTree(new Yaml().<Object>load(yaml));
        }
    }

    private static InputStream resource(String name) {
        InputStream file = AsyncApiTest.class.getResourceAsStream(name);
        assertThat(file).as(name).isNotNull();
        return file;
    }
}
