package dev.frontdesk.storm;

import dev.frontdesk.simulate.Person;

/** Somebody makes us text one number again and again. */
final class Pumping implements Fault {
    private static final int TEXTS = 130;
    private static final int LIMIT = 100;

    @Override
    public String numbers() {
        return "F24";
    }

    @Override
    public String name() {
        return TEXTS + " texts to one number (pumping)";
    }

    @Override
    public String strike(Site site, Acts acts) {
        Business business = site.business();
        Person person = business.stranger(site.random);
        int taken = 0;
        for (int i = 0; i < TEXTS; i++) {
            taken += acts.staffText(business, person).is(Entry.Answer.OK) ? 1 : 0;
        }
        Wait.until(
                60,
                "as many as are allowed go out",
                () -> business.carrier.textsTo(person).size() >= LIMIT - 1);
        Wait.pause(2000);
        int sent = business.carrier.textsTo(person).size();
        if (sent > LIMIT) {
            throw new Unmet("%d went out within the hour, %d are allowed".formatted(sent, LIMIT));
        }
        return "%d accepted, %d sent, the rest waits for the next hour".formatted(taken, sent);
    }
}
