package dev.frontdesk.simulator;

import java.util.UUID;

/** Twilio's identifiers: two letters and 32 hexadecimal digits. */
public final class Sid {
    private Sid() {}

    public static String next(String prefix) {
        return prefix + UUID.randomUUID().toString().replace("-", "");
    }
}
