package dev.frontdesk.storm;

import dev.frontdesk.local.Service;
import dev.frontdesk.testing.Broker;

/** A second reader of every topic of a service joins and is killed, again and again: partitions move all the time. */
record ComingAndGoing(Service service, int times) implements Fault {
    @Override
    public String numbers() {
        return "F9";
    }

    @Override
    public String name() {
        return "consumers of " + service.module() + " join and leave";
    }

    @Override
    public String strike(Site site, Acts acts) {
        if (site.sender.alsoAt(service) != null) {
            return "skipped: it runs twice all the time";
        }
        for (int i = 0; i < times; i++) {
            site.platform.startSecond(service, Broker.freePort());
            Wait.pause(1500 + site.random.nextInt(1500));
            site.platform.killSecond(service);
        }
        return times + " times";
    }
}
