package dev.frontdesk.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.simulator.Sid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Somebody texts a few questions; what is answered is shown as they see it on their phone. */
final class Conversation implements Scenario {
    private static final List<String> TEXTS =
            List.of("Hi, what are your opening hours?", "How much is it?", "ok thanks, can someone call me?");
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(3);

    @Override
    public boolean play(Stage stage, Options options) {
        Person person = stage.person();
        Books books = stage.books();
        books.open(List.of(person));
        int seen = stage.carrier.textsTo(person).size();
        for (String body : TEXTS) {
            String sid = Sid.next("SM");
            stage.carrier.know(sid, person, body);
            books.addText(person);
            System.out.printf("%s: %s%n", person.name(), body);
            stage.traffic.send(stage.twilio.incomingText(sid, person, body));
            seen = showAnswers(stage, person, seen);
        }
        return books.balance();
    }

    private static int showAnswers(Stage stage, Person person, int seen) {
        long end = System.nanoTime() + ANSWERS_WITHIN.toNanos();
        List<JsonNode> texts = stage.carrier.textsTo(person);
        while (texts.size() == seen && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            texts = stage.carrier.textsTo(person);
        }
        List<JsonNode> fresh = new ArrayList<>(texts.subList(0, texts.size() - seen));
        Collections.reverse(fresh);
        fresh.forEach(
                text -> System.out.printf("  Frontdesk: %s%n", text.get("body").asText()));
        return texts.size();
    }
}
