package dev.frontdesk.storm;

import dev.frontdesk.storm.Entry.Answer;
import dev.frontdesk.storm.Sender.Patience;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** Fifty people ask for the same time of the only hairdresser at once; she can take one of them. */
final class SlotRace implements Fault {
    private static final int PEOPLE = 50;
    private static final int ROUNDS = 12;

    @Override
    public String numbers() {
        return "F15";
    }

    @Override
    public String name() {
        return "%d people book the same time, %d times over".formatted(PEOPLE, ROUNDS);
    }

    @Override
    public String strike(Site site, Acts acts) {
        Business business = site.businesses.get("acme");
        ExecutorService people = Executors.newFixedThreadPool(PEOPLE);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                String at = business.reservedTime(site.random).toString();
                List<Map<String, Object>> wishes = Stream.generate(
                                () -> Acts.booking(business, business.somebody(site.random), at))
                        .limit(PEOPLE)
                        .toList();
                List<Entry> asked = wishes.stream()
                        .map(wish -> CompletableFuture.supplyAsync(() -> acts.book(business, wish), people))
                        .toList()
                        .stream()
                        .map(CompletableFuture::join)
                        .toList();
                List<Entry> won =
                        asked.stream().filter(entry -> entry.is(Answer.OK)).toList();
                if (won.size() != 1) {
                    throw new Unmet("%d of %d got %s".formatted(won.size(), PEOPLE, at));
                }
                site.sender.post(
                        "acme",
                        "/api/bookings/" + won.get(0).told() + "/cancellation",
                        Map.of("reason", "race over"),
                        "race " + won.get(0).id(),
                        Patience.STAFF);
            }
        } finally {
            people.shutdown();
        }
        return "each time exactly one got it";
    }
}
