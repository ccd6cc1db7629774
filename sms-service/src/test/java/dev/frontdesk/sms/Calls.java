package dev.frontdesk.sms;

import dev.frontdesk.events.CallEvent;
import dev.frontdesk.events.CallSnapshot;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/** What call-service would publish. */
public final class Calls {

    private Calls() {}

    public static CallEvent.Ended ended(String phone, String status, Instant at) {
        UUID id = UUID.randomUUID();
        return new CallEvent.Ended(
                at,
                new CallSnapshot(
                        id,
                        2,
                        phone,
                        null,
                        status,
                        "inbound",
                        0,
                        BigDecimal.ZERO,
                        null,
                        "twilio",
                        "CA" + id,
                        null,
                        null,
                        null,
                        at,
                        at,
                        at));
    }
}
