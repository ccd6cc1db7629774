package dev.frontdesk.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.http.BadRequest;
import dev.frontdesk.webhook.Form;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Reading what providers write, and forgetting what is nobody's business. */
class ReadingTest {

    private static JsonNode json(String text) {
        return Loose.object(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void timesComeAsMillisecondsSecondsOrText() {
        Instant at = Instant.parse("2026-11-10T17:00:01Z");
        for (String time : new String[] {
            "1794330001000",
            "1794330001",
            "\"1794330001000\"",
            "\"2026-11-10T17:00:01Z\"",
            "\"2026-11-10T18:00:01+01:00\""
        }) {
            assertThat(Loose.instant(json("{\"a\":{\"b\":" + time + "}}"), "x", "a.b"))
                    .as(time)
                    .isEqualTo(at);
        }
        assertThat(Loose.instant(json("{\"a\":\"soon\"}"), "a")).isNull();
        assertThat(Loose.instant(json("{\"a\":{}}"), "a")).isNull();
    }

    @Test
    void theFirstValueThatIsThereCounts() {
        JsonNode node = json("{\"a\":null,\"b\":\" \",\"c\":{\"d\":\"x\"},\"e\":7,\"f\":\"7.5\",\"g\":[1]}");
        assertThat(Loose.text(node, "a", "b", "g", "c.d", "e")).isEqualTo("x");
        assertThat(Loose.text(node, "c", "nothing")).isNull();
        assertThat(Loose.number(node, "b", "f", "e")).isEqualByComparingTo("7.5");
    }

    @Test
    void anythingButAnObjectIsUnreadable() {
        for (String body : new String[] {"", "[]", "7", "{", "null", "[".repeat(200)}) {
            assertThatThrownBy(() -> json(body)).as(body).isInstanceOf(BadRequest.class);
        }
    }

    @Test
    void secretsAreTakenOutWhereverTheyAre() {
        assertThat(
                        Secrets.strip(
                                json(
                                        "{\"phoneNumber\":{\"twilioAuthToken\":\"s\",\"number\":\"n\"},\"list\":[{\"serverUrlSecret\":\"s\"}],\"monitor\":{\"controlUrl\":\"s\",\"listenUrl\":\"s\"},\"llmPromptTokens\":257}")))
                .isEqualTo("{\"phoneNumber\":{\"number\":\"n\"},\"list\":[{}],\"monitor\":{},\"llmPromptTokens\":257}");
        assertThat(Secrets.strip(Form.parse("CallSid=CA1&CallToken=s&From=%2B1+2")))
                .isEqualTo("CallSid=CA1&From=%2B1+2");
    }

    @Test
    void aCallersNumberIsE164OrAnonymousOrAnAddress() {
        assertThat(CallerNumber.of("(415) 555-0123", "US")).isEqualTo("+14155550123");
        assertThat(CallerNumber.of("+266696687", "US")).isEqualTo("anonymous");
        assertThat(CallerNumber.of(null, "US")).isEqualTo("anonymous");
        assertThat(CallerNumber.of("sip:bob@example.com", "US")).isEqualTo("sip:bob@example.com");
    }
}
