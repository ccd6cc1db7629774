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
    static final String TOKEN = "local-twilio-token";
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String BODY = "Hi, can I move my pickup to Friday afternoon? Thanks";

    private Workloads() {}

    /** In the order in which they are measured; those of one service follow each other. */
    static List<Workload> all(Settings settings, boolean quick) {
        return List.of(
                text(settings),
                status(settings, quick ? 60_000 : 400_000),
                endOfCall(),
                booking(settings),
                day(settings));
    }

    /** W2: signature, dedupe, insert, outbox. Replying is other work, so nobody's texts here are replied to. */
    static Workload text(Settings settings) {
        return Workload.writing(
                "inbound text",
                Service.SMS,
                () -> Unanswered.prepare("localhost:" + settings.postgres()),
                n -> text(settings, n),
                (n, answer) -> List.of(
                        new Token(sid(n), "'SM' || md5(:n::text)", "MessageSid"),
                        new Token(shortCode(n), "200000 + :n % 700000", "From"),
                        new Token(BODY, null, "Body")),
                "select count(*) from sms_messages",
                true);
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
        return signed(settings, "/webhooks/twilio/default/sms", fields);
    }

    /** W4: each of so many texts that went out is reported delivered once; as many more are there for pgbench. */
    private static Workload status(Settings settings, int texts) {
        return Workload.writing(
                "status callback",
                Service.SMS,
                () -> SentTexts.prepare("localhost:" + settings.postgres(), texts),
                n -> status(settings, n),
                (n, answer) -> List.of(new Token(SentTexts.sid(n), SentTexts.NEXT, null)),
                SentTexts.DELIVERED,
                false);
    }

    private static byte[] status(Settings settings, long n) {
        Map<String, String> fields = new LinkedHashMap<>();
        String sid = SentTexts.sid(n);
        fields.put("SmsSid", sid);
        fields.put("SmsStatus", "delivered");
        fields.put("MessageStatus", "delivered");
        fields.put("To", "+14155552671");
        fields.put("MessageSid", sid);
        fields.put("AccountSid", ACCOUNT);
        fields.put("From", "+15005550006");
        fields.put("ApiVersion", "2010-04-01");
        return signed(settings, "/webhooks/twilio/default/sms/status?message=" + uuid(n), fields);
    }

    private static byte[] signed(Settings settings, String path, Map<String, String> fields) {
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
        return Workload.writing(
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
                (n, answer) -> List.of(
                        new Token(uuid(n).toString(), "md5(:n::text)::uuid", null),
                        new Token(carrier(n), "'CA' || md5(:n::text)", null)),
                "select count(*) from calls",
                false);
    }

    /** W1: idempotency key, exclusion constraint, insert, outbox; on a catalogue with room for 170,000 bookings. */
    private static Workload booking(Settings settings) {
        return Workload.writing(
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
                (n, answer) -> List.of(
                        new Token(uuid(n).toString(), "md5(:n::text)", "key"),
                        new Token(json(answer).get("id").asText(), "md5(:n::text)::uuid", "id"),
                        new Token(
                                json(answer).get("reference").asText(),
                                "upper(substr(md5(:n::text), 1, 6))",
                                "reference"),
                        new Token(json(answer).get("scheduled_at").asText(), Bookable.FAR_AWAY, "scheduled_at"),
                        new Token(from(n), null, "customer_phone")),
                "select count(*) from bookings",
                true);
    }

    /** W3: the same twenty bookings every time, among all those that were made before. */
    private static Workload day(Settings settings) {
        String day = Bookable.DAY.toString();
        byte[] call =
                HttpLoad.request("GET", "/api/bookings?from=%s&to=%s&limit=20".formatted(day, day), "", new byte[0]);
        return new Workload(
                "list a day, 20 rows",
                Service.BOOKING,
                () -> {},
                n -> call,
                new SameList(Bookable.ON_THE_DAY),
                (n, answer) -> List.of(new Token(day, null, null)),
                "select count(*) from bookings",
                0,
                false);
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
