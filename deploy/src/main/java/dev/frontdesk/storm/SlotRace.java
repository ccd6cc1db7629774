package dev.frontdesk.storm;

import dev.frontdesk.storm.Entry.Answer;
import dev.frontdesk.storm.Sender.Reply;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Fifty people ask for the same time of the only hairdresser at once; she can take one of them. Ten of her staff confirm it at
 * once, and ten cancel it; one of them does.
 */
record SlotRace(int rounds) implements Fault {
    private static final int PEOPLE = 50;
    private static final int STAFF = 10;

    @Override
    public String numbers() {
        return "F15";
    }

    @Override
    public String name() {
        return "%d people book the same time, %d confirm it, %d cancel it, %d times over"
                .formatted(PEOPLE, STAFF, STAFF, rounds);
    }

    @Override
    public String strike(Site site, Acts acts) {
        Business business = site.businesses.get("acme");
        try (Together people = new Together(PEOPLE)) {
            for (int round = 0; round < rounds; round++) {
                Instant time = business.reservedTime(site.random);
                String booking = book(site, acts, people, time.toString());
                change(site, people, booking, "confirmation");
                change(site, people, booking, "cancellation");
                business.giveBack(time);
            }
        }
        return "each time exactly one did";
    }

    /** The id of the one booking that is made. */
    private static String book(Site site, Acts acts, Together people, String at) {
        Business business = site.businesses.get("acme");
        List<Entry> won = people
                .all(Stream.generate(() -> Acts.booking(business, business.somebody(site.random), at))
                        .limit(PEOPLE)
                        .map(wish -> (Supplier<Entry>) () -> acts.book(business, wish)))
                .stream()
                .filter(entry -> entry.is(Answer.OK))
                .toList();
        if (won.size() != 1) {
            throw new Unmet("%d of %d got %s".formatted(won.size(), PEOPLE, at));
        }
        return won.get(0).told();
    }

    private static void change(Site site, Together people, String booking, String change) {
        String path = "/api/bookings/%s/%s".formatted(booking, change);
        List<Reply> replies = people.all(IntStream.range(0, STAFF)
                .mapToObj(i ->
                        () -> site.sender.post("acme", path, Map.of(), "race %s %s %d".formatted(booking, change, i))));
        Together.winner("%s of %s".formatted(change, booking), replies);
    }
}
