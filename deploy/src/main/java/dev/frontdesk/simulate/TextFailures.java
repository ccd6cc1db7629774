package dev.frontdesk.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.simulator.Sid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One text for every way in which a text can go wrong: each reaches its phone once or not at all, and says why. */
final class TextFailures implements Scenario {
    /** What the provider does with a text, and what must come of it. */
    private record Fate(String outcome, String status, String errorCode, int reached) {}

    private static final List<Fate> FATES = List.of(
            new Fate("deliver", "delivered", null, 1),
            new Fate("fail", "failed", "30005", 1),
            new Fate("opted-out", "failed", "21610", 0),
            new Fate("429", "delivered", null, 1),
            new Fate("timeout-after-accept", "delivered", null, 1),
            new Fate("500-after-accept", "delivered", null, 1));

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private record Try(Fate fate, Person person, int before) {}

    @Override
    public boolean play(Stage stage, Options options) {
        List<Try> tries = new ArrayList<>();
        for (Fate fate : FATES) {
            Person person = stage.person();
            say(stage, person, "START");
            stage.carrier.behave(person, fate.outcome(), 0);
            tries.add(new Try(fate, person, stage.carrier.textsTo(person).size()));
        }
        StaffTexts texts = new StaffTexts(stage);
        Findings findings = new Findings();
        for (Try one : tries) {
            findings.expect(one.fate().outcome() + ": queued", 201, texts.write(one.person(), "Your order is ready."));
        }
        Person busy = person(tries, "429");
        findings.expect(
                "429: waits, and says why",
                true,
                Patience.until(
                        PATIENCE,
                        () -> only(texts, busy).path("error_code").asText().equals("20429")));
        stage.carrier.behave(busy, "deliver", 0);
        for (Try one : tries) {
            show(stage, texts, one, findings);
        }
        Person out = person(tries, "opted-out");
        findings.expect("opted-out: the next text is refused at once", 409, texts.write(out, "Hello?"));
        say(stage, out, "START");
        tries.forEach(one -> stage.carrier.behave(one.person(), "deliver", 0));
        return findings.allHold();
    }

    private static void show(Stage stage, StaffTexts texts, Try one, Findings findings) {
        Fate fate = one.fate();
        Patience.until(
                PATIENCE,
                () -> only(texts, one.person()).path("status").asText().equals(fate.status()));
        JsonNode text = only(texts, one.person());
        findings.expect(
                fate.outcome() + ": ends as", fate.status(), text.path("status").asText());
        findings.expect(
                fate.outcome() + ": because " + text.path("reason").asText("all went well"),
                fate.errorCode(),
                text.path("error_code").textValue());
        findings.expect(
                fate.outcome() + ": texts that reached the phone",
                fate.reached(),
                stage.carrier.textsTo(one.person()).size() - one.before());
    }

    private static Person person(List<Try> tries, String outcome) {
        return tries.stream()
                .filter(one -> one.fate().outcome().equals(outcome))
                .findFirst()
                .orElseThrow()
                .person();
    }

    private static JsonNode only(StaffTexts texts, Person person) {
        return texts.to(person).get(0);
    }

    private static void say(Stage stage, Person person, String body) {
        stage.traffic.send(stage.twilio.incomingText(Sid.next("SM"), person, body));
    }
}
