package dev.frontdesk.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.security.RequestValidator;
import dev.frontdesk.testing.Fixtures;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioSignatureTest {
    private static final String TOKEN = "local-twilio-token";
    private static final String URL = "https://desk.example.com/webhooks/twilio/default/sms";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Form NOTHING = Form.of(List.of());

    @Test
    void theDocumentedVectorHolds() {
        Form form = Form.parse("CallSid=CA1234567890ABCDE&Caller=%2B14158675310&From=%2B14158675310&Digits=1234"
                + "&To=%2B18005551212");
        String url = "https://example.com/myapp.php?foo=1&bar=2";
        assertThat(TwilioSignature.sign(url, form, "12345")).isEqualTo("L/OH5YylLD5NRKLltdqwSvS0BnU=");
        assertThat(TwilioSignature.verify(url, form, "L/OH5YylLD5NRKLltdqwSvS0BnU=", List.of("12345")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sms-incoming",
                "mms-incoming",
                "sms-status-4-delivered",
                "voice-incoming",
                "voice-incoming-anonymous",
                "voice-status-4-completed",
                "recording-status-completed",
                "transcription-completed"
            })
    void theOfficialSdkAgrees(String fixture) {
        String body = Fixtures.text("twilio/" + fixture + ".form");
        Form form = Form.parse(body);
        Map<String, String> single = form.fields().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> b, LinkedHashMap::new));
        String signature = TwilioSignature.sign(URL, form, TOKEN);
        assertThat(new RequestValidator(TOKEN).validate(URL, single, signature)).isTrue();
        assertThat(TwilioSignature.verify(post(URL, FORM, body, signature), List.of(TOKEN)))
                .isTrue();
        assertThat(TwilioSignature.verify(post(URL, FORM, body, signature), List.of("old", TOKEN)))
                .isTrue();
        assertThat(TwilioSignature.verify(post(URL, FORM, body, signature), List.of("other")))
                .isFalse();
        assertThat(TwilioSignature.verify(post(URL, FORM, body + "&x=1", signature), List.of(TOKEN)))
                .isFalse();
        assertThat(TwilioSignature.verify(post(URL + "/status", FORM, body, signature), List.of(TOKEN)))
                .isFalse();
    }

    @Test
    void aRepeatedFieldCountsOncePerDistinctValueSorted() {
        String signed = TwilioSignature.sign(URL + "MediaUrlaMediaUrlb", NOTHING, TOKEN);
        Form repeated = Form.parse("MediaUrl=b&MediaUrl=a&MediaUrl=b");
        assertThat(TwilioSignature.sign(URL, repeated, TOKEN)).isEqualTo(signed);
    }

    @Test
    void aGetIsSignedByItsUrlAlone() {
        String url = URL + "?Body=a%20b&From=%2B1415";
        RawRequest get = new RawRequest(
                "GET",
                url,
                "Body=a%20b&From=%2B1415",
                null,
                signed(TwilioSignature.sign(url, NOTHING, TOKEN)).entrySet(),
                Instant.EPOCH);
        assertThat(TwilioSignature.verify(get, List.of(TOKEN))).isTrue();
        assertThat(get.form().text("Body")).contains("a b");
    }

    @Test
    void aJsonBodyIsSignedByItsHashInTheUrl() throws URISyntaxException {
        String body = "{\"event\":\"x\"}";
        String url =
                URL + "?bodySHA256=" + HexFormat.of().formatHex(Hmacs.sha256(body.getBytes(StandardCharsets.UTF_8)));
        String signature = TwilioSignature.sign(url, NOTHING, TOKEN);
        assertThat(TwilioSignature.verify(post(url, "application/json", body, signature), List.of(TOKEN)))
                .isTrue();
        assertThat(new RequestValidator(TOKEN).validate(url, body, signature)).isTrue();
        assertThat(TwilioSignature.verify(post(url, "application/json", body + " ", signature), List.of(TOKEN)))
                .isFalse();
        String bare = TwilioSignature.sign(URL, NOTHING, TOKEN);
        assertThat(TwilioSignature.verify(post(URL, "application/json", body, bare), List.of(TOKEN)))
                .isFalse();
    }

    @Test
    void thePortMayBeSignedOrNot() {
        assertSigned("https://a.example:8443/x?a=%2B1", "https://a.example/x?a=%2B1");
        assertSigned("https://a.example:443/x", "https://a.example/x");
        assertSigned("https://a.example/x", "https://a.example:443/x");
        assertSigned("http://a.example/x", "http://a.example:80/x");
        assertSigned("http://localhost:8080/x", "http://localhost:8080/x");
        assertThat(verifies("https://a.example/x", "https://a.example:8443/x")).isFalse();
        assertThat(verifies("https://a.example/x", "http://a.example/x")).isFalse();
    }

    @Test
    void oddUrlsAreSignedAsTwilioDoes() {
        assertSigned("https://user:secret@a.example/x", "https://a.example/x");
        assertSigned("https://a.example/x#rc=3", "https://a.example/x");
        assertSigned("https://a.example/x?name=O'Neil", "https://a.example/x?name=O%27Neil");
        assertSigned("wss://a.example/stream", "wss://a.example/stream/");
    }

    @Test
    void garbageIsNeverASignature() {
        for (String garbage : new String[] {"", " ", "=", "\u0000", "é", "x".repeat(100_000)}) {
            assertThat(TwilioSignature.verify(post(URL, FORM, "a=1", garbage), List.of(TOKEN)))
                    .isFalse();
        }
        String signature = TwilioSignature.sign(URL, Form.parse("a=1"), TOKEN);
        assertThat(TwilioSignature.verify(post(URL, FORM, "a=%zz", signature), List.of(TOKEN)))
                .isFalse();
        assertThat(TwilioSignature.verify(post("no url", FORM, "a=1", signature), List.of(TOKEN)))
                .isFalse();
        assertThat(TwilioSignature.verify(post(URL, FORM, "a=1", signature), List.of()))
                .isFalse();
        assertThat(TwilioSignature.verify(post(URL, FORM, "a=1", signature), List.of("", " ")))
                .isFalse();
        RawRequest unsigned = new RawRequest("POST", URL, "", new byte[0], List.of(), Instant.EPOCH);
        assertThat(TwilioSignature.verify(unsigned, List.of(TOKEN))).isFalse();
    }

    private static void assertSigned(String called, String signed) {
        assertThat(verifies(called, signed)).as(called).isTrue();
    }

    private static boolean verifies(String called, String signed) {
        Form form = Form.parse("a=1");
        return TwilioSignature.verify(called, form, TwilioSignature.sign(signed, form, TOKEN), List.of(TOKEN));
    }

    private static RawRequest post(String url, String type, String body, String signature) {
        Map<String, String> headers = new LinkedHashMap<>(signed(signature));
        headers.put("Content-Type", type);
        return new RawRequest(
                "POST", url, "", body.getBytes(StandardCharsets.UTF_8), headers.entrySet(), Instant.EPOCH);
    }

    private static Map<String, String> signed(String signature) {
        return Map.of("X-Twilio-Signature", signature);
    }
}
