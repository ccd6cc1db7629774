package dev.frontdesk.storm;

import dev.frontdesk.simulate.Delivery;
import dev.frontdesk.simulate.Person;
import dev.frontdesk.simulator.Sid;
import dev.frontdesk.storm.Entry.Answer;
import dev.frontdesk.storm.Entry.Kind;
import dev.frontdesk.storm.Sender.Patience;
import dev.frontdesk.storm.Sender.Reply;
import dev.frontdesk.testing.Broker;

/**
 * The primary loses its power, and a second server that has what it acknowledged takes over: first it only reads, as standbys
 * do, then it leads. The first comes back as a standby of the second and takes over in the same way.
 */
final class FailedOver implements Fault {
    /** While the standby is what services reach and nobody has told it to lead. */
    private static final int UNDECIDED_MILLIS = 2000;

    @Override
    public String numbers() {
        return "F12";
    }

    @Override
    public String name() {
        return "PostgreSQL fails over to a second server, and back";
    }

    @Override
    public String strike(Site site, Acts acts) {
        DatabaseServer first = site.server;
        DatabaseServer second = first.standby(site.settings.data().resolve("postgres-2"), Broker.freePort());
        double over = failOver(site, first, second);
        double back = failOver(site, second, second.standby(site.settings.postgresData(), first.port()));
        double published = Wait.until(30, "all relays publish", () -> site.oldestEvent() < 1);
        return ("503 with Retry-After meanwhile; requests taken %.1f s and %.1f s after the new primary led,"
                        + " all published after %.1f s")
                .formatted(over, back, published);
    }

    /** Returns how long after the standby led requests were taken again. */
    private static double failOver(Site site, DatabaseServer primary, DatabaseServer standby) {
        Business business = site.business();
        Person person = business.stranger(site.random);
        String sid = Sid.next("SM");
        Delivery text = business.twilio.incomingText(sid, person, "Hello?");
        Entry entry = site.ledger.ask(Kind.TEXT, sid, business.client, person.phone(), null);
        primary.commitWithStandby();
        primary.stop("QUIT");
        site.proxy.turn(standby.port());
        Wait.pause(UNDECIDED_MILLIS);
        Reply meanwhile = site.sender.send(text, Patience.NONE);
        standby.lead();
        double taken = Wait.until(
                30,
                "the text is taken",
                () -> site.sender.send(text, Patience.NONE).isOk());
        site.ledger.settle(entry, Answer.OK, null);
        PrimaryGone.judge(meanwhile, taken);
        return taken;
    }
}
