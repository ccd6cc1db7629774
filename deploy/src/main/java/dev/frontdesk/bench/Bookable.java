package dev.frontdesk.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A catalogue that a benchmark does not fill up: five-minute appointments all day, every day, for two years. */
final class Bookable {

    static final String SERVICE = "bench";
    /** A time pgbench has to itself, in the form the service writes it. */
    static final String FAR_AWAY =
            "to_char(timestamp '2100-01-01' + (:n % 40000000) * interval '5 minutes', e'YYYY-MM-DD\"T\"HH24\\072MI\\072SS\"Z\"')";

    private static final int DAYS = 725;
    /** From 04:00, so that no day has a gap in it, to 23:50. */
    private static final int SLOTS = 238;

    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    /** Within the horizon, after all days that are booked by the number. */
    static final LocalDate DAY = LocalDate.now(ZONE).plusDays(DAYS + 3L);

    static final int ON_THE_DAY = 20;

    private Bookable() {}

    static void prepare(String bookingService) {
        ask(bookingService, "POST", "/api/services", """
                {"code": "%s", "name": "Bench", "duration_minutes": 5, "step_minutes": 5, "base_price": 15, "price_per_unit": 8,
                 "max_units": 20}
                """.formatted(SERVICE));
        ask(bookingService, "PATCH", "/api/opening-hours/rules", "{\"horizon_days\": 730}");
        String week = Stream.of(DayOfWeek.values())
                .map(day -> "{\"weekday\": \"%s\", \"opens\": \"00:00\", \"closes\": \"23:55\"}"
                        .formatted(day.name().toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining(",", "{\"items\": [", "]}"));
        ask(bookingService, "PUT", "/api/opening-hours", week);
        for (int i = 0; i < ON_THE_DAY; i++) {
            ask(bookingService, "POST", "/api/bookings", """
                    {"customer_name": "Maria Lopez", "customer_phone": "+14152000000", "service_type": "%s", "scheduled_at": "%s",
                     "number_of_loads": 2, "pickup_address": "12 Main St", "source": "manual"}
                    """.formatted(
                    SERVICE, DAY.atTime(9, 0).plusMinutes(30L * i).atZone(ZONE).toInstant()));
        }
    }

    /** When the n-th booking is to take place; neighbours are days apart. */
    static Instant time(long n) {
        int slot = (int) Math.floorMod(n * 7_919, (long) DAYS * SLOTS);
        return LocalDate.now(ZONE)
                .plusDays(2 + slot % DAYS)
                .atTime(4, 0)
                .plusMinutes(5L * (slot / DAYS))
                .atZone(ZONE)
                .toInstant();
    }

    private static void ask(String service, String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(service + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException(method + " " + path + " answered " + answer.body());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
