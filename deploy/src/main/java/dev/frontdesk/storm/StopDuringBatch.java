package dev.frontdesk.storm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.simulate.Person;
import java.time.Instant;
import java.util.List;

/** Thirty texts to one person are on their way, the provider is slow, and the person says STOP. */
final class StopDuringBatch implements Fault {
    private static final int TEXTS = 30;

    @Override
    public String numbers() {
        return "F19";
    }

    @Override
    public String name() {
        return "STOP while %d texts to the same person are going out".formatted(TEXTS);
    }

    @Override
    public String strike(Site site, Acts acts) {
        Business business = site.business();
        Person person = business.stranger(site.random);
        business.carrier.behave(person, "deliver", 250);
        for (int i = 0; i < TEXTS; i++) {
            acts.staffText(business, person);
        }
        Wait.until(
                30,
                "the first goes out",
                () -> !business.carrier.textsTo(person).isEmpty());
        Entry stop = acts.sayStop(business, person);
        if (!stop.is(Entry.Answer.OK)) {
            throw new Unmet("STOP was not taken");
        }
        Wait.pause(3000);
        List<JsonNode> texts = business.carrier.textsTo(person);
        List<String> after = texts.stream()
                .map(text -> text.path("created_at").asText())
                .filter(at -> Instant.parse(at).isAfter(stop.answered()))
                .toList();
        if (!after.isEmpty()) {
            throw new Unmet("%d texts started after STOP was acknowledged at %s: %s"
                    .formatted(after.size(), stop.answered(), after));
        }
        return "%d of %d had started when STOP was acknowledged, none after".formatted(texts.size(), TEXTS);
    }
}
