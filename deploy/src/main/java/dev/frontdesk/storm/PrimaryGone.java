package dev.frontdesk.storm;

/** PostgreSQL restarts, loses its power, or is demoted while connections to it live on. */
final class PrimaryGone implements Fault {
    /** How it goes away. */
    enum Way {
        FAST("PostgreSQL restarts (fast)"),
        IMMEDIATE("PostgreSQL dies (immediate) and recovers"),
        DEMOTED("PostgreSQL becomes read-only under live connections (25006)");

        private final String words;

        Way(String words) {
            this.words = words;
        }
    }

    private final Way way;

    PrimaryGone(Way way) {
        this.way = way;
    }

    @Override
    public String numbers() {
        return "F12";
    }

    @Override
    public String name() {
        return way.words;
    }

    @Override
    public String strike(Site site, Acts acts) {
        PatientText text = new PatientText(site);
        try {
            if (way == Way.DEMOTED) {
                site.server.demote();
            } else {
                site.server.stop(way == Way.FAST ? "INT" : "QUIT");
            }
            Wait.pause(2000);
            text.isPutOff();
        } finally {
            if (way == Way.DEMOTED) {
                site.server.promote();
            } else {
                site.server.start();
            }
        }
        double back = text.isTaken();
        double published = Wait.until(30, "all relays publish", () -> site.oldestEvent() < 1);
        return "503 with Retry-After meanwhile; requests taken %.1f s after it was back, all published after %.1f s"
                .formatted(back, back + published);
    }
}
