package dev.frontdesk.storm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.local.Service;
import dev.frontdesk.simulate.Person;
import java.util.List;
import java.util.stream.Stream;

/** The provider takes a text and says nothing, is too busy, is slow, or knows of an opt-out that we do not. */
final class FickleProvider implements Fault {
    @Override
    public String numbers() {
        return "F18";
    }

    @Override
    public String name() {
        return "the provider times out after accepting, says 429, is slow, says 21610";
    }

    @Override
    public String strike(Site site, Acts acts) {
        Business business = site.business();
        List<Person> people =
                Stream.generate(() -> business.stranger(site.random)).limit(4).toList();
        Person silent = people.get(0);
        Person busy = people.get(1);
        Person slow = people.get(2);
        Person gone = people.get(3);
        business.carrier.behave(silent, "timeout-after-accept", 0);
        business.carrier.behave(busy, "429", 0);
        business.carrier.behave(slow, "deliver", 3000);
        business.carrier.behave(gone, "opted-out", 0);
        people.forEach(person -> acts.staffText(business, person));
        Wait.pause(3000);
        business.carrier.behave(busy, "deliver", 0);
        Wait.until(
                20,
                "21610 is noted as an opt-out",
                () -> site.database(Service.SMS)
                                .count(
                                        "select count(*) from opt_outs where phone_number = ? and source = 'provider'",
                                        gone.phone())
                        == 1);
        double known = Wait.until(60, "what was accepted is shown as sent", () -> isSent(site, silent));
        Wait.until(60, "what was too early is sent", () -> isSent(site, busy));
        Wait.until(60, "what was slow is sent", () -> isSent(site, slow));
        for (Person person : List.of(silent, busy, slow)) {
            List<JsonNode> texts = business.carrier.textsTo(person);
            if (texts.size() != 1) {
                throw new Unmet("%d texts to %s instead of one".formatted(texts.size(), person.phone()));
            }
        }
        return "each sent once, none twice; the time-out was cleared up after %.1f s".formatted(known);
    }

    private static boolean isSent(Site site, Person person) {
        return site.database(Service.SMS)
                        .count(
                                "select count(*) from sms_messages where phone_number = ? and direction = 'outbound'"
                                        + " and status in ('sent', 'delivered')",
                                person.phone())
                == 1;
    }
}
