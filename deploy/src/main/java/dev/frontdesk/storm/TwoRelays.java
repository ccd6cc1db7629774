package dev.frontdesk.storm;

import dev.frontdesk.local.Service;
import dev.frontdesk.testing.Broker;

/** Of two instances the one whose relay is at work is paused past its lock, and goes on later as if nothing had been. */
final class TwoRelays implements Fault {
    private static final String HOLDER = """
            select l.pid from pg_locks l join pg_stat_activity a on a.pid = l.pid
            where l.locktype = 'advisory' and l.granted and l.objsubid = 1 and a.datname = 'sms'
              and a.application_name = 'outbox-relay'
            """;

    @Override
    public String numbers() {
        return "F7";
    }

    @Override
    public String name() {
        return "two relays; the one at work is paused (SIGSTOP) past its lock, then continued";
    }

    @Override
    public String strike(Site site, Acts acts) {
        boolean own = site.sender.alsoAt(Service.SMS) == null;
        if (own) {
            int port = Broker.freePort();
            site.platform.startSecond(Service.SMS, port);
            site.sender.alsoAt(Service.SMS, "http://localhost:" + port);
        }
        try {
            return handOver(site);
        } finally {
            if (own) {
                site.sender.onlyAtTheGateway(Service.SMS);
                site.platform.killSecond(Service.SMS);
            }
        }
    }

    private static String handOver(Site site) {
        Object holder = site.database(Service.SMS).value(HOLDER);
        // Which of the two holds the lock is not known from outside: the first is paused, or else the second.
        double took = -1;
        for (long pid : new long[] {site.platform.pid(Service.SMS), site.platform.pidOfSecond(Service.SMS)}) {
            Signal.send("STOP", pid);
            long since = System.nanoTime();
            try {
                Wait.until(
                        8,
                        "the lock changes hands",
                        () -> isOther(site.database(Service.SMS).value(HOLDER), holder));
                took = (System.nanoTime() - since) / 1e9;
                Wait.pause(3000);
            } catch (Unmet e) {
                continue;
            } finally {
                Signal.send("CONT", pid);
            }
            break;
        }
        if (took < 0) {
            throw new Unmet("the other relay did not take over within 8 s");
        }
        double published = Wait.until(20, "all is published", () -> site.oldestEvent() < 1);
        if (took > 5) {
            throw new Unmet("handed over after %.1f s, 5 s are allowed".formatted(took));
        }
        return "handed over after %.1f s; all published %.1f s after it went on".formatted(took, published);
    }

    private static boolean isOther(Object now, Object before) {
        return now != null && !now.equals(before);
    }
}
