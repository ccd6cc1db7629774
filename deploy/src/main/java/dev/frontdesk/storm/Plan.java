package dev.frontdesk.storm;

import dev.frontdesk.local.Refusal;
import java.util.List;
import java.util.Set;

/**
 * What the operator asked for.
 *
 * @param seconds how long things break at least, start and check not counted
 * @param rate operations per second
 * @param pairs whether every service runs twice
 * @param once each fault once, however long it takes
 * @param only the faults to choose from, by number; empty for all
 */
record Plan(int seconds, long seed, int rate, boolean pairs, boolean once, Set<String> only) {
    static final Plan QUICK = new Plan(200, 1, 25, false, false, Set.of());

    /** Long enough for each fault in full. */
    boolean isLong() {
        return seconds >= 600;
    }

    static Plan of(List<String> arguments) {
        Plan plan = QUICK;
        for (int i = 0; i < arguments.size(); i++) {
            String option = arguments.get(i);
            if (option.equals("--quick")) {
                plan = new Plan(QUICK.seconds, plan.seed, plan.rate, plan.pairs, plan.once, plan.only);
            } else if (option.equals("--pairs")) {
                plan = new Plan(plan.seconds, plan.seed, plan.rate, true, plan.once, plan.only);
            } else if (option.equals("--once")) {
                plan = new Plan(plan.seconds, plan.seed, plan.rate, plan.pairs, true, plan.only);
            } else if (i + 1 == arguments.size()) {
                throw unknown(option);
            } else {
                plan = plan.with(option, arguments.get(++i));
            }
        }
        return plan;
    }

    private Plan with(String option, String value) {
        return switch (option) {
            case "--minutes" -> new Plan(60 * number(option, value), seed, rate, pairs, once, only);
            case "--seconds" -> new Plan(number(option, value), seed, rate, pairs, once, only);
            case "--seed" -> new Plan(seconds, number(option, value), rate, pairs, once, only);
            case "--rate" -> new Plan(seconds, seed, Math.max(1, number(option, value)), pairs, once, only);
            case "--only" -> new Plan(seconds, seed, rate, pairs, once, Set.of(value.split(",")));
            default -> throw unknown(option);
        };
    }

    private static int number(String option, String value) {
        if (!value.matches("[0-9]{1,6}")) {
            throw new Refusal("%s %s is no number.".formatted(option, value));
        }
        return Integer.parseInt(value);
    }

    private static Refusal unknown(String option) {
        return new Refusal("What is %s? deploy/storm --help lists the options.".formatted(option));
    }
}
