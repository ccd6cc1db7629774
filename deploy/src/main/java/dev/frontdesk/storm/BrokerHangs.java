package dev.frontdesk.storm;

/** The broker stops answering without closing a connection, and goes on later as if nothing had been. */
record BrokerHangs(int atLeastSeconds) implements Fault {
    @Override
    public String numbers() {
        return "F6";
    }

    @Override
    public String name() {
        return "the broker hangs (SIGSTOP)";
    }

    @Override
    public String strike(Site site, Acts acts) {
        int seconds = atLeastSeconds + site.random.nextInt(5);
        Signal.send("STOP", site.platform.kafkaPid());
        long before = Memory.ofServices(site);
        try {
            Wait.pause(seconds * 1000L);
        } finally {
            Signal.send("CONT", site.platform.kafkaPid());
        }
        double drained = Wait.until(60, "the outboxes are published", () -> site.oldestEvent() < 1);
        return "for %d s; memory of the services %+d MiB; drained %.1f s after"
                .formatted(seconds, Memory.ofServices(site) - before, drained);
    }
}
