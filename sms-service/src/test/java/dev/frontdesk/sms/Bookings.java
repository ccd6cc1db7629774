package dev.frontdesk.sms;

import dev.frontdesk.events.BookingSnapshot;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;

/** What booking-service and the others would publish. */
public final class Bookings {

    private Bookings() {}

    public static BookingSnapshot booking(
            UUID id, long version, long timeVersion, String phone, Instant at, String zone, String status) {
        return booking(id, version, timeVersion, phone, at, zone, status, "voice");
    }

    public static BookingSnapshot booking(
            UUID id,
            long version,
            long timeVersion,
            String phone,
            Instant at,
            String zone,
            String status,
            String source) {
        ZonedDateTime local = at.atZone(ZoneId.of(zone));
        return new BookingSnapshot(
                id,
                version,
                timeVersion,
                "ABC234",
                "Maria Lopez",
                phone,
                null,
                "regular",
                "Regular wash",
                local.toLocalDate().toString(),
                DateTimeFormatter.ofPattern("hh:mm a", Locale.ENGLISH).format(local),
                at,
                zone,
                30,
                status,
                source,
                "van-1",
                1,
                null,
                new BigDecimal("23.00"),
                "USD",
                null,
                null,
                at);
    }
}
