package dev.frontdesk.sms;

import java.util.Map;

/** Why a text has not gone out or not arrived, in words for staff. Numbers are Twilio's, see providers.md A8; words are ours. */
final class Reasons {

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("opted-out", "the number wants no texts"),
            Map.entry("superseded", "the booking was moved, cancelled or completed before the text went out"),
            Map.entry("expired", "the appointment began before the text went out"),
            Map.entry("rate-limited", "too many texts, to this number, its neighbours or altogether"),
            Map.entry("quiet-hours", "it is night where the customer is"),
            Map.entry("country", "this country is not texted"),
            Map.entry("unconfirmed", "the connection broke while sending, and the provider knows nothing of the text"),
            Map.entry("erased", "the person asked to be forgotten"),
            Map.entry("not-connected", "the provider cannot be reached"),
            Map.entry("not-configured", "no provider account is set up"),
            Map.entry("401", "the provider refuses our credentials"),
            Map.entry("403", "the provider refuses our account"),
            Map.entry("429", "the provider takes no more texts at the moment"),
            Map.entry("20003", "the provider refuses our credentials"),
            Map.entry("20005", "our account at the provider is not active"),
            Map.entry("20429", "the provider takes no more texts at the moment"),
            Map.entry("21211", "not a phone number"),
            Map.entry("21408", "the provider account may not text this country"),
            Map.entry("21602", "the text is empty"),
            Map.entry("21606", "our number cannot send texts"),
            Map.entry("21608", "a trial account texts verified numbers only"),
            Map.entry("21610", "the number opted out at the provider"),
            Map.entry("21611", "too many texts wait at the provider"),
            Map.entry("21612", "there is no route to this number"),
            Map.entry("21614", "the number cannot receive texts"),
            Map.entry("21617", "the text is too long"),
            Map.entry("30001", "too many texts wait at the provider"),
            Map.entry("30002", "our account at the provider is suspended"),
            Map.entry("30003", "the phone is off or out of reach"),
            Map.entry("30004", "the phone blocks our texts"),
            Map.entry("30005", "the number is unknown or not in service"),
            Map.entry("30006", "the number is a landline or its carrier cannot be reached"),
            Map.entry("30007", "the carrier filtered the text"),
            Map.entry("30008", "the carrier gave no reason"),
            Map.entry("30034", "our number is not registered with the carriers"));

    private Reasons() {}

    /** Null for a text without an error; the code itself where we know no better. */
    static String of(String errorCode) {
        return errorCode == null ? null : WORDS.getOrDefault(errorCode, "error " + errorCode);
    }
}
