package dev.frontdesk.storm;

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
        double over;
        double back;
        try {
            over = failOver(site, first, second);
        } finally {
            back = failOver(site, second, second.standby(site.settings.postgresData(), first.port()));
        }
        double published = Wait.until(30, "all relays publish", () -> site.oldestEvent() < 1);
        return ("503 with Retry-After meanwhile; requests taken %.1f s and %.1f s after the new primary led,"
                        + " all published after %.1f s")
                .formatted(over, back, published);
    }

    /** Returns how long after the standby led requests were taken again. */
    private static double failOver(Site site, DatabaseServer primary, DatabaseServer standby) {
        PatientText text = new PatientText(site);
        primary.commitWithStandby();
        primary.stop("QUIT");
        site.proxy.turn(standby.port());
        Wait.pause(UNDECIDED_MILLIS);
        try {
            text.isPutOff();
        } finally {
            standby.lead();
        }
        return text.isTaken();
    }
}
