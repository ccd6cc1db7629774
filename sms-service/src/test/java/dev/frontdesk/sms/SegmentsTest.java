package dev.frontdesk.sms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frontdesk.testing.Fixtures;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SegmentsTest {

    static Stream<JsonNode> vectors() throws Exception {
        return StreamSupport.stream(
                new ObjectMapper()
                        .readTree(Fixtures.text("twilio/sms-segments.json"))
                        .get("vectors")
                        .spliterator(),
                false);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void segmentsAreCountedAsTwilioCountsThem(JsonNode vector) {
        Segments segments = Segments.of(vector.get("text").asText());
        assertThat(segments.encoding())
                .as(vector.get("name").asText())
                .isEqualTo(vector.get("encoding").asText());
        assertThat(segments.units()).isEqualTo(vector.get("codeUnits").asInt());
        assertThat(segments.count()).isEqualTo(vector.get("segments").asInt());
    }
}
