package dev.frontdesk.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.http.Json;
import dev.frontdesk.testing.Fixtures;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VoiceSignatureTest {
    private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);
    private static final String ENDED = "{\"event\":\"call_ended\"}";

    @Test
    void vapisSecretComesAsHeaderOrBearer() throws JsonProcessingException {
        for (JsonNode vector : vectors().get("secretHeader")) {
            Map<String, String> headers = new HashMap<>();
            vector.get("headers")
                    .properties()
                    .forEach(it -> headers.put(it.getKey(), it.getValue().asText()));
            assertThat(VapiSignature.verify(request("{}", headers), List.of("old", "vapi-fixture-secret")))
                    .as(headers.toString())
                    .isEqualTo(vector.get("expect").asInt() == 200);
            assertThat(VapiSignature.verify(request("{}", headers), List.of("", " ")))
                    .isFalse();
            assertThat(VapiSignature.verify(request("{}", headers), List.of())).isFalse();
        }
    }

    @Test
    void vapisHmacVectorsHold() throws JsonProcessingException {
        for (JsonNode vector : vectors().get("hmac")) {
            VapiSignature.Hmac plan = new VapiSignature.Hmac(
                    vector.get("secret").asText(),
                    false,
                    vector.get("algorithm").asText(),
                    vector.get("encoding").asText().equals("base64"),
                    vector.get("payloadFormat").asText(),
                    "x-signature",
                    "x-timestamp",
                    "svix-id",
                    "");
            Map<String, String> headers =
                    new HashMap<>(Map.of("X-Signature", vector.get("signature").asText()));
            Instant now = NOW;
            if (vector.get("timestamp").isTextual()) {
                headers.put("X-Timestamp", vector.get("timestamp").asText());
                now = Instant.ofEpochMilli(vector.get("timestamp").asLong());
                RawRequest request = request(vector.get("body").asText(), headers);
                assertThat(VapiSignature.verify(request, plan, now.plus(Duration.ofMinutes(6))))
                        .isFalse();
                assertThat(VapiSignature.verify(request, plan, now.minus(Duration.ofMinutes(4))))
                        .isTrue();
            }
            assertThat(VapiSignature.verify(request(vector.get("body").asText(), headers), plan, now))
                    .isTrue();
            assertThat(VapiSignature.verify(request(vector.get("body").asText() + " ", headers), plan, now))
                    .isFalse();
        }
    }

    @Test
    void vapisHmacTakesSecondsAPrefixAndABase64Secret() {
        VapiSignature.Hmac plan = new VapiSignature.Hmac(
                "c2VjcmV0",
                true,
                "sha512",
                false,
                "{svix-id}.{timestamp}.{method}.{url}.{body}",
                "x-vapi-signature",
                "x-timestamp",
                "svix-id",
                "sha512=");
        Map<String, String> headers = new HashMap<>(Map.of("x-timestamp", "1700000000", "svix-id", "m1"));
        headers.put("x-vapi-signature", "sha512=" + VapiSignature.sign(request("{}", headers), plan));
        assertThat(VapiSignature.verify(request("{}", headers), plan, NOW)).isTrue();
        headers.put("svix-id", "m2");
        assertThat(VapiSignature.verify(request("{}", headers), plan, NOW)).isFalse();
    }

    @Test
    void vapisHmacNeverThrows() {
        VapiSignature.Hmac plan = VapiSignature.Hmac.of("secret");
        for (String garbage : List.of("", "x", "é", "99999999999999999999")) {
            Map<String, String> headers = Map.of("x-signature", garbage, "x-timestamp", garbage);
            assertThat(VapiSignature.verify(request("{}", headers), plan, NOW)).isFalse();
            assertThat(VapiSignature.verify(request("{}", headers), VapiSignature.Hmac.of(""), NOW))
                    .isFalse();
        }
    }

    @Test
    void retellsVectorHolds() {
        String header = "v=1700000000000,d=07024cabe7dd8f6d1c6e4a8324ca92c812e6ad4a7ee506c04f7e462e3321823e";
        byte[] body = ENDED.getBytes(StandardCharsets.UTF_8);
        assertThat(RetellSignature.sign(body, "test-api-key", NOW)).isEqualTo(header);
        assertThat(retell(header, "test-api-key", NOW)).isTrue();
        assertThat(retell(header, "test-api-key", NOW.plus(Duration.ofMinutes(5))))
                .isTrue();
        assertThat(retell(header, "test-api-key", NOW.plus(Duration.ofMinutes(6))))
                .isFalse();
        assertThat(retell(header, "other", NOW)).isFalse();
        assertThat(retell(header, "", NOW)).isFalse();
        for (String garbage : List.of("", "v=,d=", "d=1,v=2", header + ",x=1", "v=1700000000000,d=" + "0".repeat(64))) {
            assertThat(retell(garbage, "test-api-key", NOW)).as(garbage).isFalse();
        }
    }

    private static boolean retell(String header, String key, Instant now) {
        return RetellSignature.verify(request(ENDED, Map.of("X-Retell-Signature", header)), List.of(key), now);
    }

    private static RawRequest request(String body, Map<String, String> headers) {
        return new RawRequest(
                "POST",
                "https://a.example/webhooks/vapi/default",
                "",
                body.getBytes(StandardCharsets.UTF_8),
                headers.entrySet(),
                NOW);
    }

    private static JsonNode vectors() throws JsonProcessingException {
        return Json.mapper().readTree(Fixtures.text("vapi/auth-vectors.json"));
    }
}
