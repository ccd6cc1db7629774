package dev.frontdesk.storm;

import dev.frontdesk.local.Service;
import dev.frontdesk.storm.Entry.Answer;
import java.util.concurrent.CompletableFuture;

/** A service is asked to stop while it is used, as in every rollout. */
record Terminated(Service service) implements Fault {
    private static final int GRACE_SECONDS = 25;

    @Override
    public String numbers() {
        return "F22";
    }

    @Override
    public String name() {
        return "SIGTERM of " + service.module() + " under load";
    }

    @Override
    public String strike(Site site, Acts acts) {
        long before = site.sender.brokenOff(service);
        long since = System.nanoTime();
        CompletableFuture<Double> stop;
        Answer underWay = Answer.OK;
        if (service == Service.SMS) {
            try (HeldText text = new HeldText(site, acts, site.business().stranger(site.random))) {
                stop = CompletableFuture.supplyAsync(() -> stop(site));
                Wait.pause(1500);
                underWay = text.letGo();
            }
        } else {
            stop = CompletableFuture.supplyAsync(() -> stop(site));
        }
        double ended = stop.join();
        site.platform.start(service);
        if (ended > GRACE_SECONDS) {
            throw new Unmet("ended only after %.1f s".formatted(ended));
        }
        if (underWay != Answer.OK) {
            throw new Unmet("a request under way was answered " + underWay);
        }
        return "what was under way was finished; ended after %.1f s, back after %.1f s; %d requests met a closing door"
                .formatted(ended, (System.nanoTime() - since) / 1e9, site.sender.brokenOff(service) - before);
    }

    private double stop(Site site) {
        long since = System.nanoTime();
        site.platform.stop(service);
        return (System.nanoTime() - since) / 1e9;
    }
}
