package dev.frontdesk.call.vapi;

import dev.frontdesk.call.Ending;
import java.util.Map;

/** Vapi's {@code endedReason} by its meaning for us (providers.md D2): exact values first, then families, then the facts. */
final class EndedReason {

    private static final String PROVIDER_FAULT = "call.in-progress.error-providerfault-outbound-sip-";

    private static final Map<String, Ending> EXACT = Map.ofEntries(
            completed("customer-ended-call"),
            completed("customer-ended-call-before-warm-transfer"),
            completed("customer-ended-call-after-warm-transfer-attempt"),
            completed("customer-ended-call-during-transfer"),
            completed("assistant-ended-call"),
            completed("assistant-said-end-call-phrase"),
            completed("assistant-ended-call-with-hangup-task"),
            completed("assistant-ended-call-after-message-spoken"),
            completed("assistant-forwarded-call"),
            completed("silence-timed-out", "[silence timed out]"),
            completed("exceeded-max-duration", "[maximum duration]"),
            completed("call.in-progress.twilio-completed-call"),
            completed("call.in-progress.sip-completed-call"),
            completed("vonage-completed"),
            completed("vonage-disconnected"),
            completed("call.forwarding.operator-busy", "[transfer failed]"),
            completed("call.forwarding.no-answer", "[transfer failed]"),
            completed("call.ringing.hook-executed-say", "[hook: say]"),
            completed("call.ringing.hook-executed-transfer", "[hook: transfer]"),
            completed("call.ending.hook-executed-say", "[hook: say]"),
            completed("call.ending.hook-executed-transfer", "[hook: transfer]"),
            completed("assistant-request-returned-forwarding-phone-number", "[forwarded]"),
            completed("voicemail", "[voicemail]"),
            ending("customer-busy", "busy"),
            ending("customer-did-not-answer", "no-answer"),
            ending("call.ringing.sip-inbound-caller-hungup-before-call-connect", "no-answer"),
            ending(PROVIDER_FAULT + "408-request-timeout", "no-answer"),
            ending(PROVIDER_FAULT + "480-temporarily-unavailable", "no-answer"),
            ending("call-start-error-neither-assistant-nor-server-set", "failed"),
            ending("assistant-not-valid", "failed"),
            ending("assistant-not-found", "failed"),
            ending("assistant-join-timed-out", "failed"),
            ending("call.start.assistant-version-error-validation", "failed"),
            ending("twilio-failed-to-connect-call", "failed"),
            ending("twilio-reported-customer-misdialed", "failed"),
            ending("vonage-failed-to-connect-call", "failed"),
            ending("vonage-rejected", "failed"),
            ending("call.ringing.error-sip-inbound-call-failed-to-connect", "failed"),
            ending("phone-call-provider-bypass-enabled-but-no-call-received", "failed"),
            ending("worker-shutdown", "failed"),
            ending("customer-did-not-give-microphone-permission", "failed"));

    /** Families of {@code failed}, by prefix; the special members above are found first. */
    private static final String[] FAILED = {
        "assistant-request-failed",
        "assistant-request-returned-",
        "call.start.error-",
        "call-start-error-",
        "call.in-progress.error-",
        "call.ringing.error-",
        "call.forwarding.error-",
        "pipeline-error-",
        "pipeline-no-available-"
    };

    private EndedReason() {}

    /**
     * @param started whether the call got a start, null when the delivery does not say
     * @param duration seconds, null when the delivery does not say
     */
    static Ending of(String reason, Boolean started, Integer duration) {
        Ending exact = EXACT.get(reason == null ? "" : reason);
        if (exact != null) {
            return exact;
        }
        boolean talked = Boolean.TRUE.equals(started) && duration != null && duration > 0;
        // A start without a length does not say whether they talked.
        Ending ending = Ending.of(talked ? "completed" : "failed");
        Ending byTalk = started == null || started && duration == null ? ending.guessed() : ending;
        switch (reason == null ? "" : reason) {
            case "manually-canceled":
                Ending canceled = Boolean.TRUE.equals(started)
                        ? Ending.completed()
                        : Ending.of("no-answer").remark("[canceled]");
                return started == null ? canceled.guessed() : canceled;
            case "phone-call-provider-closed-websocket":
                return byTalk;
            case "call-deleted", "scheduled-call-deleted":
                // Failed only if nobody knows better.
                return Ending.of("failed").remark("[deleted]").guessed();
            default:
                break;
        }
        for (String family : FAILED) {
            if (reason != null && reason.startsWith(family)) {
                return Ending.of("failed");
            }
        }
        return byTalk.unknown();
    }

    private static Map.Entry<String, Ending> completed(String reason) {
        return Map.entry(reason, Ending.completed());
    }

    private static Map.Entry<String, Ending> completed(String reason, String remark) {
        return Map.entry(reason, Ending.completed().remark(remark));
    }

    private static Map.Entry<String, Ending> ending(String reason, String status) {
        return Map.entry(reason, Ending.of(status));
    }
}
