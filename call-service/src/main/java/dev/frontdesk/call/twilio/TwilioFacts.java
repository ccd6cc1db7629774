package dev.frontdesk.call.twilio;

import dev.frontdesk.call.CallFacts;
import dev.frontdesk.call.CallFacts.Source;
import dev.frontdesk.call.CallerNumber;
import dev.frontdesk.settings.Clients.Client;
import dev.frontdesk.webhook.Form;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What Twilio's voice forms mean for a call (providers.md A1–A3, D1). */
final class TwilioFacts {

    static final String PROVIDER = "twilio";

    /** How a leg ends that reached nobody. */
    static final Set<String> UNREACHED = Set.of("busy", "no-answer", "failed", "canceled");

    private static final int LONGEST_DURATION = 7 * 24 * 3_600;

    private final Form form;
    private final Client client;
    private final Instant receivedAt;
    private final String sid;

    TwilioFacts(Form form, Client client, Instant receivedAt) {
        this.form = form;
        this.client = client;
        this.receivedAt = receivedAt;
        this.sid = text("CallSid");
    }

    /** A call comes in. */
    List<CallFacts> incoming() {
        if (isChildLeg()) {
            return leg();
        }
        CallFacts facts = told("voice", sid + ":voice");
        return List.of(
                identified(facts).status("in-progress", text("CallStatus")).firstSeen(at()));
    }

    /** A call got further, or ended. */
    List<CallFacts> status() {
        if (isChildLeg()) {
            return leg();
        }
        String word = text("CallStatus");
        TwilioStatus status = TwilioStatus.of(word);
        if (status == null) {
            return List.of();
        }
        CallFacts facts = identified(told("status", sid + ":" + word + ":" + text("SequenceNumber")))
                .status(status.ours(), word)
                .recording(text("RecordingUrl"));
        if (status == TwilioStatus.IN_PROGRESS) {
            facts.sequence(number("SequenceNumber")).firstSeen(at());
            return List.of(word.equals("in-progress") ? facts.answeredAt(at()) : facts);
        }
        Integer duration = status == TwilioStatus.COMPLETED ? number("CallDuration") : Integer.valueOf(0);
        facts.endedAt(at()).duration(duration).firstSeen(at());
        if (duration != null && duration > 0) {
            facts.startedAt(at().minusSeconds(duration));
        }
        return List.of(facts.statusRemark(status.remark(text("SipResponseCode")))
                .statusRemark(status == TwilioStatus.COMPLETED ? machine() : null));
    }

    /** The connected leg ended; the call itself goes on. */
    List<CallFacts> dial() {
        String dialled = text("DialCallStatus");
        CallFacts facts = identified(told("dial", sid + ":" + text("DialCallSid") + ":dial"))
                .status("in-progress", text("CallStatus"))
                .firstSeen(at())
                .recording(text("RecordingUrl"));
        return List.of(
                dialled != null && UNREACHED.contains(dialled)
                        ? facts.remark("[not connected: " + dialled + "]")
                        : facts);
    }

    List<CallFacts> recording() {
        if (!"completed".equals(text("RecordingStatus"))) {
            return List.of();
        }
        return List.of(told("recording", sid + ":recording:" + text("RecordingSid"))
                .firstSeen(time("RecordingStartTime", receivedAt))
                .recording(text("RecordingUrl")));
    }

    List<CallFacts> transcription() {
        if (!"completed".equals(text("TranscriptionStatus"))) {
            return List.of();
        }
        return List.of(identified(told("transcription", sid + ":transcription:" + text("TranscriptionSid")))
                .firstSeen(at())
                .recording(text("RecordingUrl"))
                .transcript(text("TranscriptionText")));
    }

    /** Answering machine detection, asynchronous. */
    List<CallFacts> answeredBy() {
        String remark = machine();
        return remark == null
                ? List.of()
                : List.of(told("amd", sid + ":amd:" + text("AnsweredBy"))
                        .firstSeen(at())
                        .remark(remark));
    }

    /** Streams are informational, but for their errors. */
    List<CallFacts> stream() {
        return "stream-error".equals(text("StreamEvent"))
                ? List.of(told("stream", sid + ":stream:" + text("StreamSid"))
                        .firstSeen(at())
                        .remark("[stream error]"))
                : List.of();
    }

    /** A child leg (an agent, an operator) never decides about the customer's call. */
    private List<CallFacts> leg() {
        String parent = text("ParentCallSid");
        String word = text("CallStatus");
        if (parent == null || word == null || !UNREACHED.contains(word)) {
            return List.of();
        }
        return List.of(CallFacts.of(PROVIDER, Source.CARRIER, "leg", sid + ":leg:" + word)
                .call(parent)
                .carrier(parent)
                .ofKnownCallOnly()
                .remark("[not connected: " + word + "]"));
    }

    private boolean isChildLeg() {
        return text("ParentCallSid") != null || "outbound-dial".equals(text("Direction"));
    }

    private CallFacts told(String kind, String key) {
        return CallFacts.of(PROVIDER, Source.CARRIER, kind, key)
                .call(sid)
                .carrier(sid)
                .billedByCarrier();
    }

    private CallFacts identified(CallFacts facts) {
        String direction = text("Direction");
        if (direction == null) {
            return facts;
        }
        boolean inbound = direction.equals("inbound");
        return facts.type(inbound ? "inbound" : "outbound")
                .phone(CallerNumber.of(text(inbound ? "From" : "To"), client.region()))
                .customerName(inbound ? text("CallerName") : null);
    }

    private String machine() {
        String by = text("AnsweredBy");
        if (by == null) {
            return null;
        }
        return by.startsWith("machine") ? "[voicemail]" : by.equals("fax") ? "[fax]" : null;
    }

    private Instant at() {
        return time("Timestamp", receivedAt);
    }

    private Instant time(String field, Instant otherwise) {
        String text = text(field);
        try {
            return text == null
                    ? otherwise
                    : OffsetDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
        } catch (DateTimeParseException notRfc2822) {
            return otherwise;
        }
    }

    private Integer number(String field) {
        try {
            String text = text(field);
            int number = text == null ? -1 : Integer.parseInt(text);
            return number < 0 || number > LONGEST_DURATION ? null : Integer.valueOf(number);
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    private String text(String field) {
        return text(form, field).orElse(null);
    }

    /** A field without the NUL characters that PostgreSQL cannot hold; empty when nothing else is in it. */
    static Optional<String> text(Form form, String field) {
        return form.text(field).map(text -> text.replace("\0", "")).filter(text -> !text.isBlank());
    }
}
