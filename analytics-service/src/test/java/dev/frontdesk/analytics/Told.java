package dev.frontdesk.analytics;

import dev.frontdesk.events.BookingEvent;
import dev.frontdesk.events.BookingSnapshot;
import dev.frontdesk.events.CallEvent;
import dev.frontdesk.events.CallSnapshot;
import dev.frontdesk.events.SmsEvent;
import dev.frontdesk.events.SmsSnapshot;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** What other services tell about a call, a booking or a text; every telling is a newer version. */
public final class Told {

    private Told() {}

    public static Call call(String phone) {
        return new Call(phone);
    }

    public static Booking booking(String phone) {
        return new Booking(phone);
    }

    public static Text text(String phone) {
        return new Text(phone);
    }

    /** What an event travels with. */
    public static Map<String, String> headers(String client, String type) {
        return Map.of(
                "ce_clientid",
                client,
                "ce_type",
                type,
                "ce_id",
                UUID.randomUUID().toString());
    }

    /** A number nobody else uses. */
    public static String someone() {
        return "+1415" + ThreadLocalRandom.current().nextInt(1_000_000, 9_999_999);
    }

    /** A call. */
    public static final class Call {
        private final UUID id = UUID.randomUUID();
        private String phone;
        private long version;
        private Instant start = Instant.now();
        private UUID bookingId;
        private UUID mergedInto;

        private Call(String phone) {
            this.phone = phone;
        }

        public Call on(Instant at) {
            start = at;
            return this;
        }

        public Call from(String other) {
            phone = other;
            return this;
        }

        public Call about(UUID booking) {
            bookingId = booking;
            return this;
        }

        public UUID id() {
            return id;
        }

        public CallEvent mergedInto(Call survivor) {
            mergedInto = survivor.id;
            return new CallEvent.Updated(start, snapshot("completed", null, null));
        }

        public CallEvent started() {
            return new CallEvent.Started(start, snapshot("in-progress", null, null));
        }

        public CallEvent ended(String status, String sentiment) {
            return new CallEvent.Ended(start.plusSeconds(60), snapshot(status, sentiment, null));
        }

        public CallEvent billed(String status, String cost) {
            return new CallEvent.Updated(start.plusSeconds(600), snapshot(status, "positive", new BigDecimal(cost)));
        }

        private CallSnapshot snapshot(String status, String sentiment, BigDecimal cost) {
            return new CallSnapshot(
                    id,
                    ++version,
                    phone,
                    "Ann",
                    status,
                    "inbound",
                    60,
                    cost,
                    sentiment,
                    "vapi",
                    "call-" + id,
                    null,
                    bookingId,
                    mergedInto,
                    start,
                    null,
                    start);
        }
    }

    /** A booking. */
    public static final class Booking {
        private final UUID id = UUID.randomUUID();
        private final String phone;
        private long version;
        private Instant created = Instant.now();

        private Booking(String phone) {
            this.phone = phone;
        }

        public Booking on(Instant at) {
            created = at;
            return this;
        }

        public UUID id() {
            return id;
        }

        public BookingEvent created() {
            return new BookingEvent.Created(created, snapshot("pending", "31.00", "pending"));
        }

        public BookingEvent confirmed() {
            return new BookingEvent.Confirmed(created, snapshot("confirmed", "31.00", "pending"));
        }

        public BookingEvent paid(String amount) {
            return new BookingEvent.PaymentChanged(created, snapshot("confirmed", amount, "paid"));
        }

        public BookingEvent cancelledAfterPaying(String amount) {
            return new BookingEvent.Cancelled(created, snapshot("cancelled", amount, "paid"));
        }

        private BookingSnapshot snapshot(String status, String amount, String payment) {
            return new BookingSnapshot(
                    id,
                    ++version,
                    1,
                    "K7M2QX",
                    "Ann",
                    phone,
                    null,
                    "regular",
                    "Regular pickup",
                    "2026-03-11",
                    "02:00 PM",
                    created,
                    "America/New_York",
                    30,
                    status,
                    "voice",
                    "van-1",
                    2,
                    null,
                    new BigDecimal(amount),
                    "USD",
                    payment,
                    null,
                    created);
        }
    }

    /** A text. */
    public static final class Text {
        private final UUID id = UUID.randomUUID();
        private final String phone;
        private long version;
        private Instant created = Instant.now();

        private Text(String phone) {
            this.phone = phone;
        }

        public Text on(Instant at) {
            created = at;
            return this;
        }

        public SmsEvent received() {
            return new SmsEvent.Received(created, snapshot("inbound", "received", null, "0.007900"));
        }

        public SmsEvent queued() {
            return new SmsEvent.Queued(created, snapshot("outbound", "queued", "confirmation", null));
        }

        public SmsEvent delivered(String cost) {
            return new SmsEvent.Delivered(created, snapshot("outbound", "delivered", "confirmation", cost));
        }

        private SmsSnapshot snapshot(String direction, String status, String purpose, String cost) {
            return new SmsSnapshot(
                    id,
                    ++version,
                    phone,
                    direction,
                    status,
                    null,
                    null,
                    purpose,
                    null,
                    1,
                    cost == null ? null : new BigDecimal(cost),
                    created);
        }
    }
}
