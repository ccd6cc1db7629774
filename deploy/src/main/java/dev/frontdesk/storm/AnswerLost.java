package dev.frontdesk.storm;

import dev.frontdesk.local.Service;
import dev.frontdesk.storm.Sender.Patience;
import dev.frontdesk.storm.Sender.Reply;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** booking-service is killed when a booking is committed and its answer not yet given: commits are withheld until then. */
final class AnswerLost implements Fault {
    @Override
    public String numbers() {
        return "F1";
    }

    @Override
    public String name() {
        return "kill -9 after the commit, before the answer";
    }

    @Override
    public String strike(Site site, Acts acts) {
        Business business = site.business();
        Map<String, Object> body = Acts.booking(
                business,
                business.stranger(site.random),
                business.reservedTime(site.random).toString());
        String mark = (String) body.get("notes");
        CompletableFuture<Reply> first;
        site.server.withholdCommits();
        try {
            first = CompletableFuture.supplyAsync(
                    () -> site.sender.post(business.client, "/api/bookings", body, mark, Patience.NONE));
            Wait.until(15, "a booking waits to be committed", () -> site.server.withheld("booking") > 0);
            Wait.pause(200);
            site.platform.kill(Service.BOOKING);
        } finally {
            site.server.releaseCommits();
        }
        int answered = first.join().status();
        site.platform.start(Service.BOOKING);
        Wait.until(10, "the booking is there", () -> count(site, mark) > 0);
        String id =
                (String) site.database(Service.BOOKING).value("select id::text from bookings where notes = ?", mark);
        Entry again = acts.book(business, body);
        if (!id.equals(again.told())) {
            throw new Unmet(
                    "asked again under the same key: %s %s instead of %s".formatted(again.answer(), again.told(), id));
        }
        return "first answer %d, row committed; asked again: 201 with the same id; %d row"
                .formatted(answered, count(site, mark));
    }

    private static long count(Site site, String mark) {
        return site.database(Service.BOOKING).count("select count(*) from bookings where notes = ?", mark);
    }
}
