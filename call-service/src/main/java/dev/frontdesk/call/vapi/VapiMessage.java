package dev.frontdesk.call.vapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.call.CallFacts;
import dev.frontdesk.call.CallFacts.Source;
import dev.frontdesk.call.CallerNumber;
import dev.frontdesk.call.Ending;
import dev.frontdesk.call.Loose;
import dev.frontdesk.http.BadRequest;
import dev.frontdesk.settings.Clients.Client;
import dev.frontdesk.settings.Clients.Twilio;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Vapi's {@code message} and what it means for a call (providers.md B2, B5, D2). */
final class VapiMessage {

    static final String PROVIDER = "vapi";

    private static final Set<String> UNDER_WAY = Set.of("scheduled", "queued", "ringing", "in-progress", "forwarding");
    private static final String[] CALL_REFS = {
        "call.assistantOverrides.variableValues.callRef",
        "call.assistantOverrides.variableValues.call-ref",
        "call.assistantOverrides.variableValues.Call-Ref",
        "call.assistantOverrides.variableValues.X-Call-Ref",
        "call.assistantOverrides.variableValues.x-call-ref",
        "call.phoneCallProviderDetails.sip.headers.X-Call-Ref",
        "call.phoneCallProviderDetails.sip.headers.x-call-ref"
    };

    private final JsonNode message;
    private final Client client;
    private final String id;

    VapiMessage(JsonNode message, Client client) {
        this.message = message;
        this.client = client;
        this.id = Loose.text(message, "call.id");
    }

    /** The call the message is about; null when it names none. */
    String id() {
        return id;
    }

    /** The call the message is about, or a 400. */
    String call() {
        if (id == null) {
            throw new BadRequest("The message names no call (message.call.id)");
        }
        return id;
    }

    String phone() {
        return CallerNumber.of(Loose.text(message, "customer.number", "call.customer.number"), client.region());
    }

    /** The call is there: a request during it proves that. */
    CallFacts present(String kind, String key) {
        return told(kind, key).status("in-progress", Loose.text(message, "call.status"));
    }

    /** A {@code status-update}; nothing for a status that says nothing about the call's course. */
    List<CallFacts> statusUpdate() {
        String status = Loose.text(message, "status");
        String reason = Loose.text(message, "endedReason");
        String key = call() + ":" + status + ":" + (reason == null ? "" : reason);
        if (status != null && UNDER_WAY.contains(status)) {
            CallFacts facts = told("status-update", key).status("in-progress", status);
            return List.of(status.equals("in-progress") ? facts.answeredAt(at()).agentStarted() : facts);
        }
        if (!"ended".equals(status)) {
            return List.of();
        }
        CallFacts facts = told("status-update", key).endedReason(reason).endedAt(at());
        ending(reason).tell(facts, status);
        return List.of(facts);
    }

    /** The {@code end-of-call-report}: the end, and all there is to know. */
    CallFacts report() {
        Instant startedAt = Loose.instant(message, "startedAt", "call.startedAt");
        String reason = Loose.text(message, "endedReason");
        CallFacts facts = told("end-of-call-report", call() + ":eocr:" + Loose.text(message, "timestamp"))
                .report(at())
                .startedAt(startedAt)
                .endedAt(Loose.instant(message, "endedAt", "call.endedAt"))
                .endedReason(reason)
                .duration(duration())
                .transcript(transcript())
                .recording(Loose.text(
                        message, "artifact.recording.mono.combinedUrl", "artifact.recordingUrl", "recordingUrl"))
                .summary(Loose.text(message, "analysis.summary", "summary"))
                .sentiment(sentiment())
                .agentCost(cost());
        String name = Loose.text(message, "analysis.structuredData.customerName");
        if (name != null) {
            facts.customerName(name);
        }
        if (startedAt != null) {
            facts.agentStarted();
        }
        ending(reason).tell(facts, "ended");
        return facts;
    }

    /** How it ended; only a report says whether the call had a start. */
    private Ending ending(String reason) {
        boolean complete = "end-of-call-report".equals(Loose.text(message, "type"));
        boolean started = Loose.instant(message, "startedAt", "call.startedAt") != null;
        return EndedReason.of(reason, complete || started ? Boolean.valueOf(started) : null, duration());
    }

    /** Whether the reason is one nobody has documented yet. */
    boolean endsForUnknownReason() {
        return !ending(Loose.text(message, "endedReason")).known();
    }

    /** Whether calls fail because Vapi wants to be paid. */
    boolean isOutOfCredit() {
        String reason = Loose.text(message, "endedReason");
        return reason != null && reason.startsWith("call.start.error-subscription-");
    }

    private CallFacts told(String kind, String key) {
        call();
        CallFacts facts = CallFacts.of(PROVIDER, Source.AGENT, kind, key)
                .call(id)
                .linkedTo(carrier())
                .phone(phone())
                .type("outboundPhoneCall".equals(Loose.text(message, "call.type")) ? "outbound" : "inbound")
                .customerName(Loose.text(message, "customer.name", "call.customer.name"))
                .firstSeen(Loose.instant(message, "call.startedAt", "call.createdAt", "timestamp"));
        return isOnOurAccount() ? facts.billedByCarrier() : facts;
    }

    /** Twilio's id of the call: Vapi's own knowledge, or the reference we gave the SIP leg. */
    private String carrier() {
        String provider = Loose.text(message, "call.phoneCallProvider");
        String linked =
                provider == null || provider.equals("twilio") ? Loose.text(message, "call.phoneCallProviderId") : null;
        return linked == null ? Loose.text(message, CALL_REFS) : linked;
    }

    private boolean isOnOurAccount() {
        String account = Loose.text(message, "phoneNumber.twilioAccountSid");
        return client.twilio()
                .map(Twilio::accountSid)
                .filter(it -> it.equals(account))
                .isPresent();
    }

    private Instant at() {
        Instant at = Loose.instant(message, "timestamp");
        return at == null ? Loose.instant(message, "endedAt", "call.updatedAt") : at;
    }

    private Integer duration() {
        BigDecimal seconds = Loose.number(message, "durationSeconds");
        BigDecimal millis = Loose.number(message, "durationMs");
        Instant startedAt = Loose.instant(message, "startedAt", "call.startedAt");
        Instant endedAt = Loose.instant(message, "endedAt", "call.endedAt");
        if (seconds == null && millis != null) {
            seconds = millis.movePointLeft(3);
        }
        if (seconds == null && startedAt != null && endedAt != null) {
            seconds = BigDecimal.valueOf(Duration.between(startedAt, endedAt).toMillis(), 3);
        }
        return seconds == null || seconds.signum() < 0 || seconds.precision() - seconds.scale() > 7
                ? null
                : Integer.valueOf(seconds.setScale(0, RoundingMode.HALF_UP).intValue());
    }

    private String transcript() {
        String text = Loose.text(message, "artifact.transcript", "transcript");
        if (text != null) {
            return text;
        }
        return StreamSupport.stream(Loose.at(message, "artifact.messages").spliterator(), false)
                .filter(said -> Set.of("bot", "user").contains(said.path("role").asText()))
                .map(said -> (said.path("role").asText().equals("bot") ? "AI: " : "User: ")
                        + said.path("message").asText() + "\n")
                .collect(Collectors.joining());
    }

    private String sentiment() {
        String plain = Loose.text(message, "analysis.structuredData.sentiment");
        if (plain != null) {
            return plain;
        }
        return StreamSupport.stream(
                        Loose.at(message, "artifact.structuredOutputs").spliterator(), false)
                .filter(output -> output.path("name").asText().equalsIgnoreCase("sentiment"))
                .map(output -> Loose.text(output, "result"))
                .findFirst()
                .orElse(null);
    }

    private BigDecimal cost() {
        BigDecimal total = Loose.number(message, "cost", "costBreakdown.total");
        if (total == null && Loose.at(message, "costs").size() > 0) {
            total = StreamSupport.stream(Loose.at(message, "costs").spliterator(), false)
                    .map(part -> Loose.number(part, "cost"))
                    .filter(part -> part != null)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
        }
        return total;
    }
}
