package dev.frontdesk.storm;

import dev.frontdesk.local.Service;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Everything that can go wrong here on purpose. */
final class Faults {
    private Faults() {}

    static List<Fault> all(Plan plan) {
        List<Fault> all =
                new ArrayList<>(List.of(new AnswerLost(), new OffsetLost(), new BrokerAway(), new BrokerHangs()));
        for (Service service : Service.values()) {
            all.add(new Killed(service));
        }
        all.removeIf(fault -> !plan.only().isEmpty()
                && Arrays.stream(fault.numbers().split("[ -]")).noneMatch(plan.only()::contains));
        return all;
    }
}
