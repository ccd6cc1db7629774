package dev.frontdesk.storm;

import dev.frontdesk.testing.Topic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Everything that was ever published is delivered again, backwards, while new things happen. */
final class Replayed implements Fault {
    /** Enough to be everything in a short storm, and little enough to read in the middle of a long one. */
    private static final int NEWEST = 3000;

    @Override
    public String numbers() {
        return "F11";
    }

    @Override
    public String name() {
        return "events are delivered again, backwards";
    }

    @Override
    public String strike(Site site, Acts acts) {
        int records = 0;
        for (String name : List.of("bookings", "calls", "sms-messages", "customers", "customer-counters")) {
            Topic topic = site.topic(name);
            List<Topic.Message> messages = topic.messages();
            List<Topic.Message> again =
                    messages.subList(Math.max(0, messages.size() - NEWEST), messages.size()).stream()
                            .filter(message -> !site.poison.contains(message.key()))
                            .collect(Collectors.toCollection(ArrayList::new));
            Collections.reverse(again);
            topic.sendAgain(again);
            records += again.size();
        }
        return records + " records";
    }
}
