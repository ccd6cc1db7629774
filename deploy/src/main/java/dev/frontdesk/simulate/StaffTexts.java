package dev.frontdesk.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Texts written by staff, from a moment on: what the office says became of them, beside what the provider took. */
final class StaffTexts {
    private final Stage stage;
    /** The office's clock is this machine's; a moment earlier loses nothing. */
    private final Instant since = Instant.now().minusMillis(1);

    StaffTexts(Stage stage) {
        this.stage = stage;
    }

    /** The status of the answer, 201 when it is queued. */
    int write(Person person, String body) {
        return stage.office
                .post("/api/sms/messages", Map.of("phone_number", person.phone(), "message_body", body))
                .status();
    }

    List<JsonNode> to(Person person) {
        return stage.office.textsTo(person, since);
    }

    long count(Collection<Person> people, String status, String errorCode) {
        return withStatus(status, people)
                .filter(text -> errorCode == null || isBecauseOf(text, errorCode))
                .count();
    }

    /** Waits until none of them is on its way any more; those that wait for another hour are not. */
    boolean settle(Collection<Person> people, Duration atMost) {
        return Patience.until(
                atMost,
                () -> withStatus("sent", people).findAny().isEmpty()
                        && withStatus("queued", people).allMatch(text -> isBecauseOf(text, "rate-limited")));
    }

    private Stream<JsonNode> withStatus(String status, Collection<Person> people) {
        Set<String> phones = people.stream().map(Person::phone).collect(Collectors.toSet());
        return stage
                .office
                .list("/api/sms/messages?direction=outbound&status=%s&from=%s".formatted(status, since))
                .stream()
                .filter(text -> phones.contains(text.path("phone_number").asText()));
    }

    private static boolean isBecauseOf(JsonNode text, String errorCode) {
        return text.path("error_code").asText().equals(errorCode);
    }

    /** How many the provider has accepted for this person. */
    int accepted(Person person) {
        return stage.carrier.textsTo(person).size();
    }
}
