package dev.frontdesk.storm;

/** The network between the services and PostgreSQL drops every connection, then is slow, then is gone for a while. */
final class NetworkBroken implements Fault {
    @Override
    public String numbers() {
        return "F12 F13";
    }

    @Override
    public String name() {
        return "the network to PostgreSQL: connections cut, then 40 ms slower, then gone for 4 s";
    }

    @Override
    public String strike(Site site, Acts acts) {
        for (int i = 0; i < 5; i++) {
            site.proxy.drop();
            Wait.pause(200 + site.random.nextInt(600));
        }
        site.proxy.slow(40);
        Wait.pause(4000);
        site.proxy.heal();
        site.proxy.cut();
        Wait.pause(4000);
        site.proxy.heal();
        double published = Wait.until(30, "all relays publish", () -> site.oldestEvent() < 1);
        return "all relays publish %.1f s after it was healed".formatted(published);
    }
}
