package dev.frontdesk.storm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.local.Service;
import dev.frontdesk.simulate.Person;
import java.util.List;
import java.util.stream.Stream;

/**
 * The provider takes a text and says nothing, or says that it failed, which it says of one that it did not take as well; is too
 * busy, is slow, or knows of an opt-out that we do not.
 *
 * @param isPatient whether it stays until a text that the provider never had is given up
 */
record FickleProvider(boolean isPatient) implements Fault {
    @Override
    public String numbers() {
        return "F18";
    }

    @Override
    public String name() {
        return "the provider times out after accepting, says 500 though it accepted and because it did not, 429, 21610, is slow";
    }

    @Override
    public String strike(Site site, Acts acts) {
        Business business = site.business();
        List<Person> people =
                Stream.generate(() -> business.stranger(site.random)).limit(6).toList();
        Person silent = people.get(0);
        Person busy = people.get(1);
        Person slow = people.get(2);
        Person gone = people.get(3);
        Person mistaken = people.get(4);
        Person failing = people.get(5);
        business.carrier.behave(silent, "timeout-after-accept", 0);
        business.carrier.behave(busy, "429", 0);
        business.carrier.behave(slow, "deliver", 3000);
        business.carrier.behave(gone, "opted-out", 0);
        business.carrier.behave(mistaken, "500-after-accept", 6000);
        business.carrier.behave(failing, "500", 0);
        people.forEach(person -> acts.staffText(business, person));
        Wait.pause(3000);
        business.carrier.behave(busy, "deliver", 0);
        business.carrier.behave(failing, "deliver", 0);
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
        Wait.until(60, "what was accepted with a 500 is shown as sent", () -> isSent(site, mistaken));
        for (Person person : List.of(silent, busy, slow, mistaken)) {
            List<JsonNode> texts = business.carrier.textsTo(person);
            if (texts.size() != 1) {
                throw new Unmet("%d texts to %s instead of one".formatted(texts.size(), person.phone()));
            }
        }
        if (isPatient) {
            Wait.until(90, "what was not accepted is given up", () -> isGivenUp(site, failing));
        }
        if (!business.carrier.textsTo(failing).isEmpty()) {
            throw new Unmet("a text was posted again after a 500");
        }
        return "each sent once, none twice; the time-out was cleared up after %.1f s, the 500 %s"
                .formatted(known, isPatient ? "given up" : "not posted again");
    }

    private static boolean isSent(Site site, Person person) {
        return is(site, person, "status in ('sent', 'delivered')");
    }

    private static boolean isGivenUp(Site site, Person person) {
        return is(site, person, "status = 'failed' and error_code = 'unconfirmed'");
    }

    private static boolean is(Site site, Person person, String state) {
        return site.database(Service.SMS)
                        .count(
                                "select count(*) from sms_messages where phone_number = ? and direction = 'outbound' and "
                                        + state,
                                person.phone())
                == 1;
    }
}
