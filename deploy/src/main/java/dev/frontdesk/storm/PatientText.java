package dev.frontdesk.storm;

import dev.frontdesk.simulate.Delivery;
import dev.frontdesk.simulate.Person;
import dev.frontdesk.simulator.Sid;
import dev.frontdesk.storm.Entry.Answer;
import dev.frontdesk.storm.Entry.Kind;
import dev.frontdesk.storm.Sender.Patience;
import dev.frontdesk.storm.Sender.Reply;

/** A text whose provider is told that the database is away, and which it repeats until it is taken. */
final class PatientText {
    private static final int SECONDS = 10;

    private final Site site;
    private final Delivery text;
    private final Entry entry;

    PatientText(Site site) {
        this.site = site;
        Business business = site.business();
        Person person = business.stranger(site.random);
        String sid = Sid.next("SM");
        text = business.twilio.incomingText(sid, person, "Hello?");
        entry = site.ledger.ask(Kind.TEXT, sid, business.client, person.phone(), null);
    }

    /** While nobody can take it, this is said, and when to come again. */
    void isPutOff() {
        Reply reply = send();
        if (reply.status() != 503 || reply.headers().get("retry-after") == null) {
            throw new Unmet("a request meanwhile was answered %d, Retry-After %s"
                    .formatted(reply.status(), reply.headers().get("retry-after")));
        }
    }

    /** Returns after how many seconds. */
    double isTaken() {
        double taken = Wait.until(30, "the text is taken", () -> send().isOk());
        site.ledger.settle(entry, Answer.OK, null);
        if (taken > SECONDS) {
            throw new Unmet("taken again only %.1f s after it was back".formatted(taken));
        }
        return taken;
    }

    private Reply send() {
        return site.sender.send(text, Patience.NONE);
    }
}
