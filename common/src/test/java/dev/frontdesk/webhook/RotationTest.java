package dev.frontdesk.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** While a secret is rotated the old and the new one are valid, whichever stands first; before and after, one is. */
class RotationTest {

    private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);
    private static final String URL = "https://a.example/webhooks/x/default";
    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @CsvSource({
        "old, old, true",
        "old, new, false",
        "old+new, old, true",
        "old+new, new, true",
        "new+old, old, true",
        "new, old, false",
        "old+new, other, false"
    })
    void bothAreValidAndNoThird(String configured, String used, boolean valid) {
        List<String> secrets = List.of(configured.split("\\+"));
        Form form = Form.parse("CallSid=CA1&From=%2B14155550123");
        assertThat(TwilioSignature.verify(URL, form, TwilioSignature.sign(URL, form, used), secrets))
                .isEqualTo(valid);
        assertThat(VapiSignature.verify(request("x-vapi-secret", used), secrets))
                .isEqualTo(valid);
        assertThat(VapiSignature.verify(request("authorization", "Bearer " + used), secrets))
                .isEqualTo(valid);
        assertThat(RetellSignature.verify(
                        request("x-retell-signature", RetellSignature.sign(BODY, used, NOW)), secrets, NOW))
                .isEqualTo(valid);
    }

    @Test
    void withoutAnySecretNothingIsValid() {
        assertThat(VapiSignature.verify(request("x-vapi-secret", ""), List.of()))
                .isFalse();
        assertThat(RetellSignature.verify(
                        request("x-retell-signature", RetellSignature.sign(BODY, "a", NOW)), List.of(), NOW))
                .isFalse();
    }

    private static RawRequest request(String header, String value) {
        return new RawRequest("POST", URL, "", BODY, List.of(Map.entry(header, value)), NOW);
    }
}
