package dev.frontdesk.storm;

import dev.frontdesk.simulate.Delivery;
import dev.frontdesk.simulate.Person;
import dev.frontdesk.simulator.Sid;
import dev.frontdesk.storm.Entry.Answer;
import dev.frontdesk.storm.Entry.Kind;
import dev.frontdesk.storm.Sender.Patience;
import dev.frontdesk.storm.Sender.Reply;
import java.util.function.Supplier;

/** PostgreSQL restarts, loses its power, or is demoted while connections to it live on. */
final class PrimaryGone implements Fault {
    /** How it goes away. */
    enum Way {
        FAST("PostgreSQL restarts (fast)"),
        IMMEDIATE("PostgreSQL dies (immediate) and recovers"),
        DEMOTED("PostgreSQL becomes read-only under live connections (25006)");

        private final String words;

        Way(String words) {
            this.words = words;
        }
    }

    private final Way way;

    PrimaryGone(Way way) {
        this.way = way;
    }

    @Override
    public String numbers() {
        return "F12";
    }

    @Override
    public String name() {
        return way.words;
    }

    @Override
    public String strike(Site site, Acts acts) {
        Business business = site.business();
        Person person = business.stranger(site.random);
        String sid = Sid.next("SM");
        Delivery text = business.twilio.incomingText(sid, person, "Hello?");
        Supplier<Reply> ask = () -> site.sender.send(text, Patience.NONE);
        Entry entry = site.ledger.ask(Kind.TEXT, sid, business.client, person.phone(), null);
        Reply meanwhile;
        try {
            if (way == Way.DEMOTED) {
                site.server.demote();
            } else {
                site.server.stop(way == Way.FAST ? "INT" : "QUIT");
            }
            Wait.pause(2000);
            meanwhile = ask.get();
        } finally {
            if (way == Way.DEMOTED) {
                site.server.promote();
            } else {
                site.server.start();
            }
        }
        double back = Wait.until(30, "the text is taken", () -> ask.get().isOk());
        site.ledger.settle(entry, Answer.OK, null);
        judge(meanwhile, back);
        double published = Wait.until(30, "all relays publish", () -> site.oldestEvent() < 1);
        return "503 with Retry-After meanwhile; requests taken %.1f s after it was back, all published after %.1f s"
                .formatted(back, back + published);
    }

    /** Whoever asked while it was away was told to come again, and soon after was taken. */
    static void judge(Reply meanwhile, double back) {
        if (meanwhile.status() != 503 || meanwhile.headers().get("retry-after") == null) {
            throw new Unmet("a request meanwhile was answered %d, Retry-After %s"
                    .formatted(meanwhile.status(), meanwhile.headers().get("retry-after")));
        }
        if (back > 10) {
            throw new Unmet("taken again only %.1f s after it was back".formatted(back));
        }
    }
}
