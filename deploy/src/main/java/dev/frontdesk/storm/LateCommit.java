package dev.frontdesk.storm;

import dev.frontdesk.local.Service;
import dev.frontdesk.simulate.Person;

/** A text's transaction is held up after its event got its number; later ones commit and are published before it. */
final class LateCommit implements Fault {
    private static final int LATER = 20;

    @Override
    public String numbers() {
        return "F8";
    }

    @Override
    public String name() {
        return "a slow transaction holds an early outbox row";
    }

    @Override
    public String strike(Site site, Acts acts) {
        Business business = site.business();
        Person person = business.stranger(site.random);
        try (HeldText held = new HeldText(site, acts, person)) {
            long published = published(site);
            for (int i = 0; i < LATER; i++) {
                acts.text(business, business.stranger(site.random), "In between", false);
            }
            Wait.until(15, "what came later is published", () -> published(site) >= published + LATER);
            held.letGo();
        }
        double lag = Wait.until(10, "the held event is published", () -> received(site, person) == 2);
        return "%d later ones published before it; it followed %.1f s after its commit".formatted(LATER, lag);
    }

    private static long published(Site site) {
        return site.topic("sms-messages").messages().size();
    }

    private static long received(Site site, Person person) {
        long waiting = site.database(Service.SMS)
                .count("select count(*) from outbox where payload ->> 'phone_number' = ?", person.phone());
        return waiting > 0
                ? 0
                : site.topic("sms-messages").messages().stream()
                        .filter(message ->
                                "sms.received.v1".equals(message.headers().get("ce_type")))
                        .filter(message ->
                                message.value() != null && message.value().contains(person.phone()))
                        .map(message -> message.headers().get("ce_id"))
                        .distinct()
                        .count();
    }
}
