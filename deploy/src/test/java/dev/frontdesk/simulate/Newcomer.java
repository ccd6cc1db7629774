package dev.frontdesk.simulate;

import java.util.List;
import java.util.stream.Stream;

/** Somebody whom no other test on this platform has had to do with: their texts would count here, and so would their STOP. */
final class Newcomer {
    private Newcomer() {}

    static Person to(Stage stage) {
        return Stream.generate(stage::person)
                .filter(person -> Stream.of("/api/customers", "/api/sms/conversations")
                        .map(list -> stage.office.listOf(list, person))
                        .allMatch(List::isEmpty))
                .findFirst()
                .orElseThrow();
    }
}
