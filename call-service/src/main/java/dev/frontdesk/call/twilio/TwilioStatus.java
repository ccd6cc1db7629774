package dev.frontdesk.call.twilio;

import java.util.Map;

/** {@code CallStatus} of Twilio by its meaning for us (providers.md D1). */
enum TwilioStatus {
    IN_PROGRESS("in-progress"),
    COMPLETED("completed"),
    BUSY("busy"),
    NO_ANSWER("no-answer"),
    FAILED("failed"),
    CANCELED("no-answer");

    private static final Map<String, TwilioStatus> WORDS = Map.of(
            "queued", IN_PROGRESS,
            "initiated", IN_PROGRESS,
            "ringing", IN_PROGRESS,
            "in-progress", IN_PROGRESS,
            "completed", COMPLETED,
            "busy", BUSY,
            "no-answer", NO_ANSWER,
            "failed", FAILED,
            "canceled", CANCELED);

    private final String ours;

    TwilioStatus(String ours) {
        this.ours = ours;
    }

    /** Null for a word nobody has documented yet. */
    static TwilioStatus of(String word) {
        return word == null ? null : WORDS.get(word);
    }

    /** {@code calls.status}. */
    String ours() {
        return ours;
    }

    /** What the status alone does not say; null when there is nothing. */
    String remark(String sipResponseCode) {
        return switch (this) {
            case CANCELED -> "[canceled]";
            case FAILED -> sipResponseCode == null ? null : "[SIP " + sipResponseCode + "]";
            default -> null;
        };
    }
}
