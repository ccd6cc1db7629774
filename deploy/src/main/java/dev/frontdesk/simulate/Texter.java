package dev.frontdesk.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.simulator.Sid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Somebody with a phone in the hand: writes texts and reads what comes, shown as they see it. */
final class Texter {
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(3);

    private final Stage stage;
    private final Person person;
    private int seen;

    Texter(Stage stage, Person person) {
        this.stage = stage;
        this.person = person;
        seen = stage.carrier.textsTo(person).size();
    }

    void write(String body) {
        String sid = Sid.next("SM");
        stage.carrier.know(sid, person, body);
        System.out.printf("%s: %s%n", person.name(), body);
        stage.traffic.send(stage.twilio.incomingText(sid, person, body));
    }

    /** What has come since the last look, oldest first; waits a few seconds for the first of it. */
    List<String> read() {
        return read(ANSWERS_WITHIN);
    }

    List<String> read(Duration within) {
        Patience.until(within, () -> stage.carrier.textsTo(person).size() > seen);
        List<JsonNode> texts = stage.carrier.textsTo(person);
        List<JsonNode> fresh = new ArrayList<>(texts.subList(0, texts.size() - seen));
        Collections.reverse(fresh);
        seen = texts.size();
        List<String> bodies =
                fresh.stream().map(text -> text.get("body").asText()).toList();
        bodies.forEach(body -> System.out.printf("  Frontdesk: %s%n", body.replace("\n", "\n             ")));
        return bodies;
    }
}
