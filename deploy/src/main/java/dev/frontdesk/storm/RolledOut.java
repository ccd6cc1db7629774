package dev.frontdesk.storm;

import dev.frontdesk.local.Service;
import dev.frontdesk.storm.Sender.Reply;
import dev.frontdesk.testing.Broker;
import java.util.concurrent.CompletableFuture;

/**
 * What a rollout does to a service that is used: another instance is ready, the gateway turns to it, the first finishes what
 * it has and goes. Then the same back again.
 */
record RolledOut(Service service) implements Fault {
    /** Between the gateway's turn and SIGTERM; Kubernetes gives five seconds (preStop). */
    private static final int LEAVES_MILLIS = 1000;
    /** How long the request stays half sent after SIGTERM. */
    private static final int HELD_MILLIS = 1000;
    /** Of the 20 that the configuration allows: nothing but that request is to be waited for. */
    private static final int GRACE_SECONDS = 10;

    @Override
    public String numbers() {
        return "F22";
    }

    @Override
    public String name() {
        return "rollout of " + service.module() + ": replaced under load, and back";
    }

    @Override
    public String strike(Site site, Acts acts) {
        if (site.sender.alsoAt(service) != null) {
            return "skipped: half of the requests go past the gateway";
        }
        long before = site.sender.closedDoors();
        int port = Broker.freePort();
        site.platform.startSecond(service, port);
        double first = replace(site, acts, port, () -> site.platform.stop(service));
        site.platform.start(service);
        double second =
                replace(site, acts, site.settings.services().get(service), () -> site.platform.stopSecond(service));
        long closed = site.sender.closedDoors() - before;
        if (closed > 0) {
            throw new Unmet("%d requests met a closed door".formatted(closed));
        }
        return "nobody met a closed door; two requests that had half arrived were answered; gone %.1f s and %.1f s after SIGTERM"
                .formatted(first, second);
    }

    /** Lets the instance on this port take over; returns how long the other took to go. */
    private double replace(Site site, Acts acts, int port, Runnable stop) {
        try (HalfSent request = HalfSent.to(service, site, acts)) {
            Wait.pause(LEAVES_MILLIS);
            site.platform.turn(service, port);
            Wait.pause(LEAVES_MILLIS);
            long since = System.nanoTime();
            CompletableFuture<Void> end = CompletableFuture.runAsync(stop);
            Wait.pause(HELD_MILLIS);
            Reply reply = request.finish();
            end.join();
            double took = (System.nanoTime() - since) / 1e9;
            if (!reply.isOk() && !reply.isRefused()) {
                throw new Unmet("a request under way was answered %d %s".formatted(reply.status(), reply.body()));
            }
            if (took > GRACE_SECONDS) {
                throw new Unmet("gone only after %.1f s".formatted(took));
            }
            return took;
        }
    }
}
