package dev.frontdesk.storm;

import dev.frontdesk.local.Service;

/** analytics-service is killed when it has counted a batch and not yet said so to the broker. */
record OffsetLost(int times) implements Fault {
    @Override
    public String numbers() {
        return "F4";
    }

    @Override
    public String name() {
        return "kill -9 of the consumer after its commit, before its offset";
    }

    @Override
    public String strike(Site site, Acts acts) {
        int caught = 0;
        for (int i = 0; i < times; i++) {
            site.server.withholdCommits();
            try {
                Wait.until(15, "a batch waits to be committed", () -> site.server.withheld("analytics") > 0);
                caught++;
                site.platform.kill(Service.ANALYTICS);
            } finally {
                site.server.releaseCommits();
            }
            site.platform.start(Service.ANALYTICS);
        }
        return "%d batches counted, their offsets lost: they were delivered again".formatted(caught);
    }
}
