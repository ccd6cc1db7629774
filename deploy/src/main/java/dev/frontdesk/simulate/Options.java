package dev.frontdesk.simulate;

import dev.frontdesk.local.Refusal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What follows the scenario's name: {@code --name value}. */
record Options(Map<String, String> given) {
    private static final Set<String> KNOWN = Set.of("client", "seed", "calls", "texts", "bookings", "rate", "seconds");

    static Options of(String... arguments) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i].replaceFirst("^--", "");
            if (!arguments[i].startsWith("--") || !KNOWN.contains(name) || i + 1 == arguments.length) {
                throw new Refusal("What is %s? deploy/simulate --help lists the options.".formatted(arguments[i]));
            }
            given.put(name, arguments[i + 1]);
        }
        return new Options(given);
    }

    String client() {
        return given.getOrDefault("client", "default");
    }

    int number(String name, int otherwise) {
        String text = given.get(name);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("[0-9]{1,9}")) {
            throw new Refusal("--%s %s is no number.".formatted(name, text));
        }
        return Integer.parseInt(text);
    }

    long seed() {
        return number("seed", 1);
    }
}
