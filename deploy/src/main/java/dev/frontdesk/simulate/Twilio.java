package dev.frontdesk.simulate;

import dev.frontdesk.local.Accounts.Account;
import dev.frontdesk.testing.Fixtures;
import dev.frontdesk.webhook.Form;
import dev.frontdesk.webhook.TwilioSignature;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Twilio's webhooks for one account: recorded forms with other values, signed with the account's token. */
public final class Twilio {
    private static final DateTimeFormatter RFC_2822 = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final String publicUrl;
    private final Account account;

    public Twilio(String publicUrl, Account account) {
        this.publicUrl = publicUrl;
        this.account = account;
    }

    public Delivery incomingCall(PhoneCall call) {
        Map<String, String> fields = fields("voice-incoming", call);
        fields.put("CallerName", call.person().name().toUpperCase(Locale.ROOT));
        return delivery("twilio incoming call", "/voice", fields);
    }

    /** The only status an inbound call reports: its end. */
    public Delivery inboundEnd(PhoneCall call) {
        Map<String, String> fields = fields("voice-status-completed-inbound", call);
        fields.put("Timestamp", RFC_2822.format(call.endedAt()));
        fields.put("CallDuration", Integer.toString(call.seconds()));
        fields.put("Duration", Integer.toString((call.seconds() + 59) / 60));
        fields.keySet().removeIf(name -> name.startsWith("Recording"));
        return delivery("twilio completed", "/voice/status", fields);
    }

    /** The four reports of an outbound call, or fewer when it ends before somebody answers. */
    public List<Delivery> outboundStatuses(PhoneCall call) {
        List<Delivery> statuses = new ArrayList<>();
        List<String> steps =
                switch (call.kind()) {
                    case PLAIN -> List.of("1-initiated", "2-ringing", "3-answered", "4-completed");
                    case BUSY, NO_ANSWER -> List.of("1-initiated", "2-ringing", call.kind().status);
                    default -> List.of("1-initiated", call.kind().status);
                };
        for (String step : steps) {
            Map<String, String> fields = fields("voice-status-" + step, call);
            boolean last = statuses.size() == steps.size() - 1;
            fields.put("SequenceNumber", Integer.toString(statuses.size()));
            fields.put("Timestamp", RFC_2822.format(last ? call.endedAt() : call.startedAt()));
            fields.computeIfPresent("CallDuration", (name, old) -> Integer.toString(call.seconds()));
            fields.computeIfPresent("Duration", (name, old) -> Integer.toString((call.seconds() + 59) / 60));
            statuses.add(delivery("twilio " + fields.get("CallStatus"), "/voice/status", fields));
        }
        return statuses;
    }

    public Delivery incomingText(String sid, Person from, String body) {
        Map<String, String> fields = fields("twilio/sms-incoming.form");
        fields.putAll(Map.of(
                "MessageSid", sid,
                "SmsSid", sid,
                "SmsMessageSid", sid,
                "AccountSid", account.twilioSid(),
                "From", from.phone(),
                "To", account.number(),
                "Body", body));
        return delivery("twilio text", "/sms", fields);
    }

    private Map<String, String> fields(String name, PhoneCall call) {
        String ours = account.number();
        String theirs = call.person().phone();
        Map<String, String> fields = fields("twilio/" + name + ".form");
        fields.put("CallSid", call.carrierId());
        fields.put("AccountSid", account.twilioSid());
        fields.put("From", call.isInbound() ? theirs : ours);
        fields.put("Caller", call.isInbound() ? theirs : ours);
        fields.put("To", call.isInbound() ? ours : theirs);
        fields.put("Called", call.isInbound() ? ours : theirs);
        return fields;
    }

    private static Map<String, String> fields(String fixture) {
        Map<String, String> fields = new LinkedHashMap<>();
        Form.parse(Fixtures.text(fixture)).fields().forEach(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }

    private Delivery delivery(String what, String route, Map<String, String> fields) {
        String path = "/webhooks/twilio/" + account.clientId() + route;
        String body = fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        String signature =
                TwilioSignature.sign(publicUrl + path, Form.of(List.copyOf(fields.entrySet())), account.twilioToken());
        return new Delivery(
                what,
                path,
                body,
                Map.of(
                        "Content-Type",
                        "application/x-www-form-urlencoded; charset=utf-8",
                        "X-Twilio-Signature",
                        signature,
                        "I-Twilio-Idempotency-Token",
                        UUID.randomUUID().toString(),
                        "User-Agent",
                        "TwilioProxy/1.1"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
