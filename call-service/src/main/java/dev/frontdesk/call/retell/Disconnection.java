package dev.frontdesk.call.retell;

import dev.frontdesk.call.Ending;
import java.util.Map;
import java.util.Set;

/** Retell's {@code disconnection_reason} by its meaning for us (providers.md D2). */
final class Disconnection {

    private static final Map<String, Set<String>> EXACT = Map.of(
            "busy", Set.of("dial_busy"),
            "no-answer", Set.of("dial_no_answer", "user_declined", "registered_call_timeout", "error_user_not_joined"),
            "failed",
                    Set.of(
                            "dial_failed",
                            "invalid_destination",
                            "sip_routing_error",
                            "marked_as_spam",
                            "scam_detected",
                            "concurrency_limit_reached",
                            "no_concurrency_fallback",
                            "no_valid_payment"),
            "completed",
                    Set.of(
                            "user_hangup",
                            "agent_hangup",
                            "call_transfer",
                            "transfer_bridged",
                            "transfer_cancelled",
                            "inactivity",
                            "max_duration_reached",
                            "ivr_reached",
                            "manual_stopped",
                            "call_take_over",
                            "voicemail_reached"));

    private Disconnection() {}

    static Ending of(String reason, boolean inVoicemail, Integer duration) {
        boolean voicemail = inVoicemail || "voicemail_reached".equals(reason);
        Ending ending = ending(reason, duration);
        return voicemail && ending.status().equals("completed") ? ending.remark("[voicemail]") : ending;
    }

    private static Ending ending(String reason, Integer duration) {
        String given = reason == null ? "" : reason;
        for (Map.Entry<String, Set<String>> family : EXACT.entrySet()) {
            if (family.getValue().contains(given)) {
                return Ending.of(family.getKey());
            }
        }
        if (given.startsWith("telephony_provider_") || given.startsWith("error_")) {
            return Ending.of("failed");
        }
        return Ending.of(duration != null && duration > 0 ? "completed" : "failed")
                .unknown();
    }
}
