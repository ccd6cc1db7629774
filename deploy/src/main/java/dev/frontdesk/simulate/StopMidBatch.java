package dev.frontdesk.simulate;

import dev.frontdesk.simulator.Sid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Many people are being texted, and every second one says STOP while it goes on. From the moment in which STOP was answered the
 * provider must get nothing more for that number; its own list is the judge.
 */
final class StopMidBatch implements Scenario {
    private static final int PEOPLE = 30;
    private static final int TEXTS_EACH = 4;
    /** So long the provider takes for each, until everybody who wants to has said stop. */
    private static final int SLOW_MILLIS = 500;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public boolean play(Stage stage, Options options) {
        List<Person> people = Stream.generate(stage::person).limit(PEOPLE).toList();
        List<Person> stopping = people.stream()
                .filter(person -> people.indexOf(person) % 2 == 0)
                .toList();
        people.forEach(person -> say(stage, person, "START"));
        people.forEach(person -> stage.carrier.behave(person, "deliver", SLOW_MILLIS));
        StaffTexts texts = new StaffTexts(stage);
        Map<Person, Integer> before = accepted(texts, people);
        write(stage, texts, people);
        int all = PEOPLE * TEXTS_EACH;
        Patience.until(PATIENCE, () -> total(texts, people, before) >= all / 4);
        Map<Person, Integer> atStop = new ConcurrentHashMap<>();
        stage.traffic.together(stopping.stream()
                .map(person -> (Runnable) () -> {
                    say(stage, person, "STOP");
                    atStop.put(person, texts.accepted(person));
                })
                .toList());
        people.forEach(person -> stage.carrier.behave(person, "deliver", 0));
        boolean settled = texts.settle(people, PATIENCE);

        int reached = total(texts, people, before);
        long stopped = texts.count(people, "failed", "opted-out");
        System.out.printf(
                "%d texts to %d people, of whom %d said STOP after %d texts had gone out.%n",
                all,
                PEOPLE,
                stopping.size(),
                stopping.stream()
                        .mapToInt(person -> atStop.get(person) - before.get(person))
                        .sum());
        Findings findings = new Findings();
        findings.expect("nothing is on its way any more", true, settled);
        findings.expect(
                "people who got a text after their STOP was answered",
                0L,
                stopping.stream()
                        .filter(person -> texts.accepted(person) > atStop.get(person))
                        .count());
        findings.expect("some were stopped in time", true, stopped > 0);
        findings.expect("texts that reached a phone or were stopped", (long) all, reached + stopped);
        findings.expect(
                "people who said nothing and did not get all of theirs",
                0L,
                people.stream()
                        .filter(person -> !stopping.contains(person))
                        .filter(person -> texts.accepted(person) - before.get(person) != TEXTS_EACH)
                        .count());
        findings.expect("writing to one who said STOP is refused", 409, texts.write(stopping.get(0), "Hello?"));
        stopping.forEach(person -> say(stage, person, "START"));
        return findings.allHold();
    }

    private static void write(Stage stage, StaffTexts texts, List<Person> people) {
        List<Runnable> writing = new ArrayList<>();
        for (int i = 1; i <= TEXTS_EACH; i++) {
            String body = "Closed tomorrow: water pipe. (%d)".formatted(i);
            people.forEach(person -> writing.add(() -> {
                int status = texts.write(person, body);
                if (status != 201) {
                    stage.traffic.refuse("text by staff: " + status);
                }
            }));
        }
        stage.traffic.together(writing);
    }

    private static void say(Stage stage, Person person, String body) {
        stage.traffic.send(stage.twilio.incomingText(Sid.next("SM"), person, body));
    }

    private static Map<Person, Integer> accepted(StaffTexts texts, List<Person> people) {
        Map<Person, Integer> accepted = new ConcurrentHashMap<>();
        people.forEach(person -> accepted.put(person, texts.accepted(person)));
        return accepted;
    }

    private static int total(StaffTexts texts, List<Person> people, Map<Person, Integer> before) {
        return people.stream()
                .mapToInt(person -> texts.accepted(person) - before.get(person))
                .sum();
    }
}
