package dev.frontdesk.booking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many at once for one time: as many get it as there are chairs, whoever they are and however they ask. */
@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(Shops.class)
class RaceIT {

    private static final int CHAIRS = 3;
    private static final int RIVALS = 100;
    /** Every round is a time of its own; {@code -Dfrontdesk.race.rounds=200} for the figure, in minutes. */
    private static final int ROUNDS = Integer.getInteger("frontdesk.race.rounds", 5);

    static final String OVERLAPS = """
            select count(*) from bookings one join bookings other
              on one.client_id = other.client_id and one.resource_id = other.resource_id and one.id < other.id
             and one.slot && other.slot
            where one.client_id = ? and one.status in ('pending', 'confirmed', 'scheduled')
              and other.status in ('pending', 'confirmed', 'scheduled')
            """;

    @Inject
    TestClock clock;

    Shop shop;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeEach
    void open() {
        clock.set(TestClock.MONDAY);
        shop = Shop.open("race", CHAIRS);
    }

    private CompletableFuture<HttpResponse<String>> send(String path, String key, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .header("X-Client-Id", "race")
                .header("Content-Type", "application/json");
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return http.sendAsync(
                request.POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private CompletableFuture<HttpResponse<String>> book(String key, String date, String time, String more) {
        return send("/api/bookings", key, """
                {"customer_name": "Ann", "customer_phone": "%s", "service_type": "cut", "appointment_date": "%s",
                 "appointment_time": "%s"%s}
                """.formatted(Shop.phone(), date, time, more));
    }

    private static List<HttpResponse<String>> all(List<CompletableFuture<HttpResponse<String>>> requests) {
        return requests.stream().map(CompletableFuture::join).toList();
    }

    private static long count(List<HttpResponse<String>> answers, int status) {
        return answers.stream().filter(it -> it.statusCode() == status).count();
    }

    /** A round's time, twenty-four a day. */
    private record Time(String date, String time) {
        static Time of(String first, int round) {
            return new Time(
                    LocalDate.parse(first).plusDays(round / 24).toString(),
                    "%02d:%02d".formatted(8 + round % 24 / 2, round % 2 * 30));
        }

        String json() {
            return "\"appointment_date\": \"%s\", \"appointment_time\": \"%s\"".formatted(date, time);
        }
    }

    private static void requireOneWinnerPerChair(List<HttpResponse<String>> answers, int won, Time at) {
        assertThat(count(answers, won)).as("%s", at).isEqualTo(CHAIRS);
        assertThat(count(answers, 409)).as("%s", at).isEqualTo(RIVALS - CHAIRS);
        assertThat(answers)
                .filteredOn(it -> it.statusCode() == 409)
                .allSatisfy(it -> assertThat(it.body()).contains("slot-taken").contains("\"slot_id\""));
    }

    @Test
    void ofAHundredForOneTimeExactlyAsManyGetItAsThereAreChairs() {
        for (int round = 0; round < ROUNDS; round++) {
            Time at = Time.of("2026-03-10", round);
            List<HttpResponse<String>> answers = all(IntStream.range(0, RIVALS)
                    .mapToObj(i -> book(i % 2 == 0 ? Shop.key() : null, at.date(), at.time(), ""))
                    .toList());
            requireOneWinnerPerChair(answers, 201, at);
        }
        assertThat(Database.asSuperuser("booking").count(OVERLAPS, "race")).isZero();
    }

    @Test
    void ofManyWithOneKeyOneIsBookedAndTheOthersHearOfIt() {
        String key = Shop.key();
        String phone = Shop.phone();
        String body = """
                {"customer_name": "Ann", "customer_phone": "%s", "service_type": "cut", "appointment_date": "2026-04-20",
                 "appointment_time": "10:00"}
                """.formatted(phone);
        List<HttpResponse<String>> answers = all(IntStream.range(0, 20)
                .mapToObj(i -> send("/api/bookings", key, body))
                .toList());
        assertThat(answers).allSatisfy(it -> assertThat(it.statusCode()).isIn(201, 409));
        assertThat(answers.stream()
                        .filter(it -> it.statusCode() == 201)
                        .map(HttpResponse::body)
                        .distinct())
                .hasSize(1);
        assertThat(answers)
                .filteredOn(it -> it.statusCode() == 409)
                .allSatisfy(it -> assertThat(it.body()).contains("idempotency-key-in-use"));
        assertThat(send("/api/bookings", key, body).join().statusCode()).isEqualTo(201);
        assertThat(Database.asSuperuser("booking")
                        .count("select count(*) from bookings where customer_phone = ? and client_id = 'race'", phone))
                .isOne();
    }

    @Test
    void ofAHundredThatMoveToOneTimeExactlyAsManyGetItAsThereAreChairs() {
        List<String> ids = IntStream.range(0, RIVALS)
                .mapToObj(i -> Time.of("2026-05-20", i / CHAIRS))
                .map(at -> shop.booked(at.date(), at.time()))
                .toList();
        for (int round = 0; round < ROUNDS; round++) {
            Time at = Time.of("2026-05-04", round);
            List<HttpResponse<String>> answers = all(ids.stream()
                    .map(id -> send(
                            "/api/bookings/%s/reschedule".formatted(id),
                            id.hashCode() % 2 == 0 ? Shop.key() : null,
                            "{" + at.json() + "}"))
                    .toList());
            requireOneWinnerPerChair(answers, 200, at);
        }
        assertThat(Database.asSuperuser("booking").count(OVERLAPS, "race")).isZero();
    }

    @Test
    void ofAHundredThatHoldOrBookOneTimeExactlyAsManyGetItAsThereAreChairs() {
        for (int round = 0; round < ROUNDS; round++) {
            Time at = Time.of("2026-06-01", round);
            List<HttpResponse<String>> answers = all(IntStream.range(0, RIVALS)
                    .mapToObj(i -> i % 2 == 0
                            ? send("/api/availability/holds", null, "{\"service_type\": \"cut\", " + at.json() + "}")
                            : book(null, at.date(), at.time(), ""))
                    .toList());
            requireOneWinnerPerChair(answers, 201, at);
        }
    }

    @Test
    void noSequenceOfBookingsMovesAndCancellationsMakesTwoOverlap() {
        Random random = new Random(42);
        List<CompletableFuture<HttpResponse<String>>> requests = new java.util.ArrayList<>();
        List<String> ids = new java.util.concurrent.CopyOnWriteArrayList<>();
        for (int i = 0; i < 600; i++) {
            String time = "%02d:%02d".formatted(9 + random.nextInt(3), random.nextInt(12) * 5);
            String id = ids.isEmpty() ? null : ids.get(random.nextInt(ids.size()));
            int what = id == null ? 0 : random.nextInt(4);
            CompletableFuture<HttpResponse<String>> request = what < 2
                    ? book(null, "2026-06-20", time, "")
                    : what == 2
                            ? send(
                                    "/api/bookings/%s/reschedule".formatted(id),
                                    null,
                                    "{\"appointment_date\": \"2026-06-20\", \"appointment_time\": \"%s\"}"
                                            .formatted(time))
                            : send("/api/bookings/%s/cancellation".formatted(id), null, "{}");
            requests.add(request.whenComplete((answer, failure) -> {
                if (answer != null && answer.statusCode() == 201) {
                    ids.add(answer.body().replaceAll("(?s).*?\"id\":\"([0-9a-f-]{36})\".*", "$1"));
                }
            }));
            if (i % 16 == 15) {
                requests.forEach(CompletableFuture::join);
            }
        }
        assertThat(all(requests)).allSatisfy(it -> assertThat(it.statusCode()).isIn(200, 201, 409));
        assertThat(ids).hasSizeGreaterThan(20);
        assertThat(Database.asSuperuser("booking").count(OVERLAPS, "race")).isZero();
        Map<String, Object> sums = Database.asSuperuser("booking")
                .rows(
                        "select count(*) filter (where slot is null) as open_ended from bookings where client_id = 'race'")
                .get(0);
        assertThat(sums).containsEntry("open_ended", 0L);
    }
}
