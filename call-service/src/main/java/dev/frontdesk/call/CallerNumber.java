package dev.frontdesk.call;

import dev.frontdesk.phone.Phones;

/** The customer's side of a call as a row keeps it. */
public final class CallerNumber {

    /** A withheld number, or a call that has none; never a customer. */
    public static final String ANONYMOUS = "anonymous";

    private CallerNumber() {}

    /** E.164 where it is a number, {@link #ANONYMOUS} where it is withheld or missing, else as sent (a SIP address). */
    public static String of(String raw, String region) {
        if (Phones.isAnonymous(raw)) {
            return ANONYMOUS;
        }
        return Phones.parse(raw, region).orElse(raw.length() > 200 ? raw.substring(0, 200) : raw);
    }
}
