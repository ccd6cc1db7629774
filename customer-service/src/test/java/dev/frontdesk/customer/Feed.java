package dev.frontdesk.customer;

import dev.frontdesk.events.BookingEvent;
import dev.frontdesk.events.BookingSnapshot;
import dev.frontdesk.events.CallEvent;
import dev.frontdesk.events.CallSnapshot;
import dev.frontdesk.events.CounterEvent;
import dev.frontdesk.events.SmsEvent;
import dev.frontdesk.events.SmsSnapshot;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** What the other services publish, as they would. */
public final class Feed {

    private Feed() {}

    /** A number nobody else in these tests has. */
    public static String newPhone() {
        return "+1212" + ThreadLocalRandom.current().nextInt(2_000_000, 9_999_999);
    }

    public static BookingEvent booking(UUID id, long version, String phone, String name, Instant at) {
        return new BookingEvent.Created(
                at,
                new BookingSnapshot(
                        id,
                        version,
                        1,
                        "K7M2QX",
                        name,
                        phone,
                        null,
                        "regular",
                        "Regular pickup",
                        "2026-03-09",
                        "10:00 AM",
                        at.plusSeconds(86_400),
                        "America/New_York",
                        30,
                        "pending",
                        "manual",
                        "van-1",
                        2,
                        null,
                        new BigDecimal("31.00"),
                        "USD",
                        "pending",
                        null,
                        at));
    }

    public static CallEvent call(UUID id, long version, String phone, String name, Instant at) {
        return new CallEvent.Ended(
                at,
                new CallSnapshot(
                        id,
                        version,
                        phone,
                        name,
                        "completed",
                        "inbound",
                        185,
                        new BigDecimal("0.20"),
                        null,
                        "vapi",
                        "call-" + id,
                        "customer-ended-call",
                        null,
                        null,
                        at,
                        at.plusSeconds(185),
                        at));
    }

    public static SmsEvent text(UUID id, long version, String phone, Instant at) {
        return new SmsEvent.Received(
                at,
                new SmsSnapshot(
                        id,
                        version,
                        phone,
                        "inbound",
                        "received",
                        null,
                        null,
                        null,
                        null,
                        1,
                        new BigDecimal("0.0079"),
                        at));
    }

    public static CounterEvent counters(
            String phone, long version, int bookings, int calls, Instant lastContact, String spent) {
        return new CounterEvent.Changed(
                Instant.now(), phone, version, bookings, calls, lastContact, new BigDecimal(spent));
    }
}
