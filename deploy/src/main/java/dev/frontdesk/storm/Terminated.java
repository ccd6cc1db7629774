package dev.frontdesk.storm;

import dev.frontdesk.local.Service;

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
        site.platform.stop(service);
        double ended = (System.nanoTime() - since) / 1e9;
        site.platform.start(service);
        if (ended > GRACE_SECONDS) {
            throw new Unmet("ended only after %.1f s".formatted(ended));
        }
        long cut = site.sender.brokenOff(service) - before;
        if (cut > 0) {
            throw new Unmet("%d requests were cut off without an answer".formatted(cut));
        }
        return "ended after %.1f s, no request cut off".formatted(ended);
    }
}
