package dev.frontdesk.storm;

import dev.frontdesk.storm.Entry.Answer;
import dev.frontdesk.storm.Sender.Reply;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Twenty people with an appointment move to the one time that is free, all at once; whose move it is leaves the next free time. */
record MusicalChairs(int rounds) implements Fault {
    private static final int PEOPLE = 20;

    @Override
    public String numbers() {
        return "F15";
    }

    @Override
    public String name() {
        return "%d people move to the same time, %d times over".formatted(PEOPLE, rounds);
    }

    @Override
    public String strike(Site site, Acts acts) {
        Business business = site.businesses.get("acme");
        List<Instant> times = Stream.generate(() -> business.reservedTime(site.random))
                .limit(PEOPLE)
                .collect(Collectors.toList());
        Instant free = business.reservedTime(site.random);
        try (Together people = new Together(PEOPLE)) {
            List<String> bookings = book(site, acts, people, times);
            for (int round = 0; round < rounds; round++) {
                Map<String, String> wish = Map.of("scheduled_at", free.toString());
                int winner = Together.winner("moves to " + free, each(site, people, bookings, "/reschedule", wish));
                free = times.set(winner, free);
            }
            check(site, bookings, times);
            each(site, people, bookings, "/cancellation", Map.of());
        }
        times.forEach(business::giveBack);
        business.giveBack(free);
        return "each time exactly one did, and all are where they were told";
    }

    private static List<String> book(Site site, Acts acts, Together people, List<Instant> times) {
        Business business = site.businesses.get("acme");
        List<Map<String, Object>> wishes = times.stream()
                .map(time -> Acts.booking(business, business.somebody(site.random), time.toString()))
                .toList();
        List<Entry> asked = people.all(wishes.stream().map(wish -> () -> acts.book(business, wish)));
        if (!asked.stream().allMatch(entry -> entry.is(Answer.OK))) {
            throw new Unmet("a time that nobody else asks for could not be booked");
        }
        return asked.stream().map(Entry::told).toList();
    }

    private static List<Reply> each(
            Site site, Together people, List<String> bookings, String change, Map<String, String> body) {
        return people.all(bookings.stream()
                .map(id -> () ->
                        site.sender.post("acme", "/api/bookings/" + id + change, body, "chairs " + UUID.randomUUID())));
    }

    private static void check(Site site, List<String> bookings, List<Instant> times) {
        IntStream.range(0, PEOPLE).forEach(i -> {
            Reply reply = site.sender.get("acme", "/api/bookings/" + bookings.get(i));
            Instant found = Instant.parse(reply.json().path("scheduled_at").asText());
            if (!found.equals(times.get(i))) {
                throw new Unmet("%s is at %s instead of %s".formatted(bookings.get(i), found, times.get(i)));
            }
        });
    }
}
