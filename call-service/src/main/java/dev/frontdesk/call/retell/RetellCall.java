package dev.frontdesk.call.retell;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.call.CallFacts;
import dev.frontdesk.call.CallFacts.Source;
import dev.frontdesk.call.CallerNumber;
import dev.frontdesk.call.Ending;
import dev.frontdesk.call.Loose;
import dev.frontdesk.call.Question;
import dev.frontdesk.http.BadRequest;
import dev.frontdesk.settings.Clients.Client;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;

/** Retell's call object and what it means for a call (providers.md C1, D2). */
final class RetellCall {

    static final String PROVIDER = "retell";

    private final JsonNode call;
    private final Client client;
    private final Instant receivedAt;

    RetellCall(JsonNode call, Client client, Instant receivedAt) {
        this.call = call;
        this.client = client;
        this.receivedAt = receivedAt;
    }

    CallFacts started() {
        return told("call_started", id() + ":call_started")
                .status("in-progress", "call_started")
                .answeredAt(startedAt())
                .agentStarted();
    }

    /** A function call proves that the call is there. */
    CallFacts present() {
        return told("function-call", id() + ":present").status("in-progress", "ongoing");
    }

    /** {@code call_ended}, or {@code call_analyzed} which knows all of it and more. */
    CallFacts ended(String event) {
        Instant endedAt = Loose.instant(call, "end_timestamp");
        // Neither event has a time of its own: the analysis comes after the end.
        Instant at = endedAt == null ? receivedAt : endedAt;
        CallFacts facts = told(event, id() + ":" + event)
                .report(event.equals("call_analyzed") ? at.plusMillis(1) : at)
                .startedAt(startedAt())
                .endedAt(endedAt)
                .endedReason(Loose.text(call, "disconnection_reason"))
                .duration(duration())
                .transcript(Loose.text(call, "transcript"))
                .recording(Loose.text(call, "recording_url"))
                .summary(Loose.text(call, "call_analysis.call_summary"))
                .sentiment(Loose.text(call, "call_analysis.user_sentiment"))
                .customerName(Loose.text(call, "retell_llm_dynamic_variables.customer_name"))
                .agentCost(cost());
        if (startedAt() != null) {
            facts.agentStarted();
        }
        ending().tell(facts, event);
        return facts;
    }

    Ending ending() {
        return Disconnection.of(
                Loose.text(call, "disconnection_reason"),
                Loose.at(call, "call_analysis.in_voicemail").asBoolean(false),
                duration());
    }

    /** Functions may be set up to send their arguments only. */
    boolean isNamed() {
        return Loose.text(call, "call_id") != null;
    }

    Question.Conversation conversation() {
        return new Question.Conversation(PROVIDER, Loose.text(call, "call_id"), phone());
    }

    private CallFacts told(String kind, String key) {
        return CallFacts.of(PROVIDER, Source.AGENT, kind, key)
                .call(id())
                .linkedTo(Loose.text(call, "telephony_identifier.twilio_call_sid"))
                .phone(phone())
                .type(isOutbound() ? "outbound" : "inbound")
                .firstSeen(startedAt());
    }

    private String id() {
        String id = Loose.text(call, "call_id");
        if (id == null) {
            throw new BadRequest("The body names no call (call.call_id)");
        }
        return id;
    }

    private String phone() {
        return CallerNumber.of(Loose.text(call, isOutbound() ? "to_number" : "from_number"), client.region());
    }

    private boolean isOutbound() {
        return "outbound".equals(Loose.text(call, "direction"));
    }

    private Instant startedAt() {
        return Loose.instant(call, "start_timestamp");
    }

    private Integer duration() {
        BigDecimal millis = Loose.number(call, "duration_ms");
        return millis == null || millis.signum() < 0 || millis.precision() - millis.scale() > 10
                ? null
                : Integer.valueOf(millis.movePointLeft(3)
                        .setScale(0, RoundingMode.HALF_UP)
                        .intValue());
    }

    /** Retell counts in cents. */
    private BigDecimal cost() {
        BigDecimal cents = Loose.number(call, "call_cost.combined_cost");
        return cents == null ? null : cents.movePointLeft(2);
    }
}
