package dev.frontdesk.booking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What is offered can be booked and what is not offered cannot, after any sequence of bookings, holds, moves and
 * cancellations, against the real constraint. The sequences are jqwik's; a failure names its own.
 */
@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(Shops.class)
class OfferIT {

    private static final LocalDate FIRST = LocalDate.parse("2026-04-01");
    private static final int SEQUENCES = 5;
    private static final List<String> SERVICES = List.of("cut", "colour");

    /** {@code which} chooses among the bookings there are. */
    private record Step(String what, String service, LocalTime time, int which) {}

    private static Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.of("book", "book", "book", "hold", "move", "cancel"),
                        Arbitraries.of(SERVICES),
                        Arbitraries.integers()
                                .between(0, 143)
                                .map(it -> LocalTime.of(8, 0).plusMinutes(it * 5L)),
                        Arbitraries.integers().between(0, 1000))
                .as(Step::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(30);
    }

    @Inject
    TestClock clock;

    Shop shop;

    @BeforeEach
    void open() {
        clock.set(TestClock.MONDAY);
        shop = Shop.open("offers", 2);
        shop.post(
                "/api/services",
                Map.of(
                        "code",
                        "colour",
                        "name",
                        "Colour",
                        "duration_minutes",
                        50,
                        "buffer_minutes",
                        15,
                        "step_minutes",
                        20,
                        "base_price",
                        60));
    }

    @Test
    void whatIsOfferedCanBeBookedAndWhatIsNotOfferedCannot() {
        List<List<Step>> sequences = new ArrayList<>();
        JqwikSession.run(() -> steps().generator(1000).stream(new Random(7))
                .limit(SEQUENCES)
                .map(Shrinkable::value)
                .forEach(sequences::add));
        for (int i = 0; i < SEQUENCES; i++) {
            LocalDate day = FIRST.plusDays(i);
            List<Step> steps = sequences.get(i);
            play(day, steps);
            for (String service : SERVICES) {
                requireHonest(day, service, steps);
            }
        }
        assertThat(Database.asSuperuser("booking").count(RaceIT.OVERLAPS, "offers"))
                .isZero();
    }

    private void play(LocalDate day, List<Step> steps) {
        List<String> ids = new ArrayList<>();
        for (Step step : steps) {
            Map<String, Object> time = Map.of(
                    "appointment_date",
                    day.toString(),
                    "appointment_time",
                    step.time().toString());
            String id = ids.isEmpty() ? null : ids.get(step.which() % ids.size());
            Response answer =
                    switch (id == null && !step.what().equals("hold") ? "book" : step.what()) {
                        case "book" -> booked(step.service(), time);
                        case "hold" -> sent("/api/availability/holds", with(time, "service_type", step.service()));
                        case "move" -> sent("/api/bookings/%s/reschedule".formatted(id), time);
                        default -> sent("/api/bookings/%s/cancellation".formatted(id), Map.of());
                    };
            assertThat(answer.statusCode()).as("%s of %s", step, steps).isIn(200, 201, 409, 422);
            if (answer.statusCode() == 201 && answer.path("reference") != null) {
                ids.add(answer.path("id"));
            }
        }
    }

    /** Every time of the service's grid, offered or not, is asked for; what is got is given back. */
    private void requireHonest(LocalDate day, String service, List<Step> steps) {
        List<String> offered = shop.get("/api/availability?service_type=%s&from=%s&to=%s".formatted(service, day, day))
                .statusCode(200)
                .extract()
                .path("items.appointment_time");
        int step = service.equals("cut") ? 30 : 20;
        for (LocalTime time : Stream.iterate(
                        LocalTime.of(8, 0), it -> it.isBefore(LocalTime.of(20, 0)), it -> it.plusMinutes(step))
                .toList()) {
            Response answer =
                    booked(service, Map.of("appointment_date", day.toString(), "appointment_time", time.toString()));
            boolean onOffer = offered.contains("%02d:%02d %s"
                    .formatted((time.getHour() + 11) % 12 + 1, time.getMinute(), time.getHour() < 12 ? "AM" : "PM"));
            assertThat(answer.statusCode() == 201)
                    .as(
                            "%s at %s %s, offered: %s, answered %d, after %s",
                            service, day, time, onOffer, answer.statusCode(), steps)
                    .isEqualTo(onOffer);
            if (answer.statusCode() == 201) {
                sent("/api/bookings/%s/cancellation".formatted(answer.<String>path("id")), Map.of());
            }
        }
    }

    private Response booked(String service, Map<String, Object> time) {
        return sent("/api/bookings", with(shop.wanted(time), "service_type", service));
    }

    private Response sent(String path, Map<String, Object> body) {
        return shop.post(path, body).extract().response();
    }

    private static Map<String, Object> with(Map<String, Object> body, String name, Object value) {
        Map<String, Object> more = new java.util.HashMap<>(body);
        more.put(name, value);
        return more;
    }
}
