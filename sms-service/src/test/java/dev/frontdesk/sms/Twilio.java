package dev.frontdesk.sms;

import static io.restassured.RestAssured.given;

import dev.frontdesk.testing.Fixtures;
import dev.frontdesk.webhook.Form;
import dev.frontdesk.webhook.TwilioSignature;
import io.restassured.response.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Twilio as the service sees it: recorded forms, with the fields a test cares about replaced, signed for a client. */
public record Twilio(String clientId, String accountSid, String token, String number) {

    public static final Twilio DEFAULT =
            new Twilio("default", "ACffffffffffffffffffffffffffffffff", "local-twilio-token", "+15005550006");
    public static final Twilio ACME =
            new Twilio("acme", "ACeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee", "acme-twilio-token", "+4915735980001");

    /** A message SID nobody has used. */
    public static String sid() {
        return "SM" + UUID.randomUUID().toString().replace("-", "");
    }

    /** A North American number nobody has used. */
    public static String phone() {
        return "+1212%07d".formatted(2_000_000 + (Math.abs(UUID.randomUUID().getLeastSignificantBits()) % 7_999_999));
    }

    /** The fields of a recorded form, with the account of this client. */
    public Map<String, String> form(String fixture, Map<String, String> changes) {
        Map<String, String> fields = new LinkedHashMap<>();
        Form.parse(Fixtures.text("twilio/" + fixture))
                .fields()
                .forEach(field -> fields.put(field.getKey(), field.getValue()));
        fields.put("AccountSid", accountSid);
        fields.putAll(changes);
        return fields;
    }

    public Response text(String from, String body, String sid) {
        return post(
                "/webhooks/twilio/" + clientId + "/sms",
                form("sms-incoming.form", Map.of("From", from, "Body", body, "MessageSid", sid, "To", number)));
    }

    public Response status(String sid, String status) {
        return post(
                "/webhooks/twilio/" + clientId + "/sms/status",
                form(
                        "sms-status-3-sent.form",
                        Map.of("MessageSid", sid, "MessageStatus", status, "SmsStatus", status)));
    }

    /** Posts signed; the path may have a query. */
    public Response post(String path, Map<String, String> fields) {
        return post(path, fields, TwilioSignature.sign("http://localhost:8080" + path, form(fields), token));
    }

    public Response post(String path, Map<String, String> fields, String signature) {
        var request = given().urlEncodingEnabled(false)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body(encode(fields));
        return (signature == null ? request : request.header("X-Twilio-Signature", signature)).post(path);
    }

    private static Form form(Map<String, String> fields) {
        return Form.of(fields.entrySet().stream()
                .map(field -> Map.entry(field.getKey(), field.getValue()))
                .toList());
    }

    private static String encode(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
