package dev.frontdesk.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.simulator.Sid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Too much at once: a number that texts without end, a number that is texted without end, and a block of neighbouring numbers
 * as pumping uses them. Everything is kept, no limit is passed, and who has nothing to do with it is served meanwhile.
 */
final class TextFlood implements Scenario {
    /** The limits as sms-service ships them, per hour. */
    private static final int NUMBER_LIMIT = 100;

    private static final int PREFIX_LIMIT = 1000;
    private static final int BEYOND = 20;
    private static final int NEIGHBOURS = 12;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @Override
    public boolean play(Stage stage, Options options) {
        long chance = System.nanoTime() / 1000 + stage.random.nextInt(1_000_000);
        Person writer = person(stage, chance, 1);
        Person read = person(stage, chance + 1, 1);
        Person bystander = person(stage, chance + 2, 1);
        List<Person> neighbours = IntStream.rangeClosed(1, NEIGHBOURS)
                .mapToObj(i -> person(stage, chance + 3, i))
                .toList();
        StaffTexts texts = new StaffTexts(stage);
        Findings findings = new Findings();

        int in = NUMBER_LIMIT + BEYOND;
        stage.traffic.together(IntStream.range(0, in)
                .mapToObj(i -> (Runnable) () -> stage.traffic.send(
                        stage.twilio.incomingText(Sid.next("SM"), writer, "Is order %d ready?".formatted(i))))
                .toList());
        int each = PREFIX_LIMIT / NEIGHBOURS + 5;
        List<Runnable> writing = new ArrayList<>();
        IntStream.range(0, NUMBER_LIMIT + BEYOND).forEach(i -> writing.add(() -> write(stage, texts, read)));
        IntStream.range(0, each)
                .forEach(i -> neighbours.forEach(person -> writing.add(() -> write(stage, texts, person))));
        stage.traffic.together(writing);
        write(stage, texts, bystander);
        boolean served = Patience.until(PATIENCE, () -> texts.count(List.of(bystander), "delivered", null) == 1);
        boolean settled = texts.settle(
                Stream.concat(neighbours.stream(), Stream.of(writer, read)).toList(), PATIENCE);

        System.out.printf(
                "%d texts from one number, %d to one, %d to %d neighbours.%n",
                in, NUMBER_LIMIT + BEYOND, each * NEIGHBOURS, NEIGHBOURS);
        findings.expect("a bystander gets a text meanwhile", true, served);
        findings.expect("nothing is on its way any more", true, settled);
        findings.expect("texts in that are kept", in, inbound(stage, writer));
        findings.expect("answers beyond the limit", 0, Math.max(0, texts.accepted(writer) - NUMBER_LIMIT));
        balance(texts, findings, "one number", List.of(read), NUMBER_LIMIT + BEYOND, NUMBER_LIMIT);
        balance(texts, findings, "neighbours", neighbours, each * NEIGHBOURS, PREFIX_LIMIT);
        // What waits for the next hour is not to go out in somebody else's scenario.
        Stream.concat(neighbours.stream(), Stream.of(writer, read))
                .forEach(person -> stage.traffic.send(stage.twilio.incomingText(Sid.next("SM"), person, "STOP")));
        return findings.allHold();
    }

    private static void balance(
            StaffTexts texts, Findings findings, String who, List<Person> people, int written, int limit) {
        int accepted = people.stream().mapToInt(texts::accepted).sum();
        long waiting = texts.count(people, "queued", "rate-limited");
        findings.expect(who + ": texts beyond the limit that went out", 0, Math.max(0, accepted - limit));
        findings.expect(who + ": texts that wait for the next hour", true, waiting > 0);
        findings.expect(who + ": texts that went out or wait", (long) written, accepted + waiting);
    }

    private static void write(Stage stage, StaffTexts texts, Person person) {
        int status = texts.write(person, "Closed tomorrow: water pipe.");
        if (status != 201) {
            stage.traffic.refuse("text by staff: " + status);
        }
    }

    private static int inbound(Stage stage, Person person) {
        List<JsonNode> texts =
                stage.office.list("/api/sms/messages?direction=inbound&phone=" + Office.encode(person.phone()));
        return texts.size();
    }

    /** Somebody of a block of numbers that no other scenario uses. */
    private static Person person(Stage stage, long block, int number) {
        String phone = stage.account.region().equals("DE")
                ? "+49160%03d%04d".formatted(block % 1000, number)
                : "+1%d55501%02d".formatted(920 + block % 60, number);
        return new Person("Number " + number, phone);
    }
}
