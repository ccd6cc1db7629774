package dev.frontdesk.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.http.Json;
import dev.frontdesk.local.Service;
import dev.frontdesk.local.Settings;
import dev.frontdesk.testing.Fixtures;
import dev.frontdesk.webhook.Form;
import dev.frontdesk.webhook.TwilioSignature;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** The hot paths, in wire form. */
final class Workloads {

    private static final String ACCOUNT = "ACffffffffffffffffffffffffffffffff";
    private static final String TOKEN = "local-twilio-token";
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String BODY = "Hi, can I move my pickup to Friday afternoon? Thanks";

    private Workloads() {}

    static List<Workload> all(Settings settings) {
        return List.of(text(settings), endOfCall(), booking(settings));
    }

    /** W2: signature, dedupe, insert, outbox. From short codes, which get no reply: replying is other work. */
    static Workload text(Settings settings) {
        return new Workload(
                "inbound text",
                Service.SMS,
                () -> {},
                n -> text(settings, n),
                (n, answer) -> Map.of(sid(n), "'SM' || md5(:n::text)", shortCode(n), "200000 + :n % 700000"),
                "select count(*) from sms_messages");
    }

    private static byte[] text(Settings settings, long n) {
        Map<String, String> fields = new LinkedHashMap<>();
        String sid = sid(n);
        fields.put("ToCountry", "US");
        fields.put("SmsMessageSid", sid);
        fields.put("NumMedia", "0");
        fields.put("SmsSid", sid);
        fields.put("SmsStatus", "received");
        fields.put("Body", BODY);
        fields.put("FromCountry", "US");
        fields.put("To", "+15005550006");
        fields.put("NumSegments", "1");
        fields.put("MessageSid", sid);
        fields.put("AccountSid", ACCOUNT);
        fields.put("From", shortCode(n));
        fields.put("ApiVersion", "2010-04-01");
        String path = "/webhooks/twilio/default/sms";
        byte[] body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.US_ASCII);
        String signature = TwilioSignature.sign(settings.gatewayUrl() + path, Form.parse(body), TOKEN);
        return HttpLoad.request(
                "POST",
                path,
                "Content-Type: application/x-www-form-urlencoded\r\nX-Twilio-Signature: " + signature + "\r\n",
                body);
    }

    /** An end-of-call report, some 12 kB of it, of a call nobody has heard of. */
    private static Workload endOfCall() {
        String report = Fixtures.text("vapi/end-of-call-report-inbound.json");
        String call = json(report).at("/message/call/id").asText();
        String carrier = json(report).at("/message/call/phoneCallProviderId").asText();
        return new Workload(
                "end-of-call report",
                Service.CALL,
                () -> {},
                n -> HttpLoad.request(
                        "POST",
                        "/webhooks/vapi/default",
                        JSON + "X-Vapi-Secret: local-vapi-secret\r\n",
                        report.replace(call, uuid(n).toString())
                                .replace(carrier, carrier(n))
                                .getBytes(StandardCharsets.UTF_8)),
                (n, answer) -> Map.of(uuid(n).toString(), "md5(:n::text)::uuid", carrier(n), "'CA' || md5(:n::text)"),
                "select count(*) from calls");
    }

    /** W1: idempotency key, exclusion constraint, insert, outbox; on a catalogue with room for 170,000 bookings. */
    private static Workload booking(Settings settings) {
        return new Workload(
                "create booking",
                Service.BOOKING,
                () -> Bookable.prepare(settings.url(Service.BOOKING)),
                n -> HttpLoad.request(
                        "POST", "/api/bookings", JSON + "Idempotency-Key: " + uuid(n) + "\r\n", """
                        {"customer_name": "Maria Lopez", "customer_phone": "%s", "service_type": "%s", "scheduled_at": "%s",
                         "number_of_loads": 2, "pickup_address": "12 Main St", "source": "manual"}
                        """.formatted(
                                        from(n), Bookable.SERVICE, Bookable.time(n))
                                .getBytes(StandardCharsets.UTF_8)),
                (n, answer) -> Map.of(
                        uuid(n).toString(), "md5(:n::text)",
                        json(answer).get("id").asText(), "md5(:n::text)::uuid",
                        json(answer).get("reference").asText(), "upper(substr(md5(:n::text), 1, 6))",
                        json(answer).get("scheduled_at").asText(), Bookable.FAR_AWAY),
                "select count(*) from bookings");
    }

    private static String carrier(long n) {
        return "CA" + uuid(-n).toString().replace("-", "");
    }

    private static String sid(long n) {
        return "SM" + uuid(n).toString().replace("-", "");
    }

    private static String shortCode(long n) {
        return Long.toString(200_000 + n % 700_000);
    }

    private static String from(long n) {
        return "+1415" + (2_000_000 + n % 9_000);
    }

    private static UUID uuid(long n) {
        return UUID.nameUUIDFromBytes(Long.toString(n).getBytes(StandardCharsets.US_ASCII));
    }

    private static JsonNode json(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The service answered " + text, e);
        }
    }
}
