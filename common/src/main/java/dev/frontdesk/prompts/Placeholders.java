package dev.frontdesk.prompts;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code {{placeholders}}} of system prompts: written by customer-service, filled by call-service and sms-service. */
public final class Placeholders {

    /** What may stand in a prompt; whoever uses the prompt has a value for each. */
    public static final List<String> KNOWN =
            List.of("business_name", "today", "time", "time_zone", "currency", "services", "opening_hours", "faqs");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*([^{}]*?)\\s*}}");

    private Placeholders() {}

    /** The names in a text, each once, sorted; known or not. */
    public static Set<String> of(String text) {
        Set<String> names = new TreeSet<>();
        PLACEHOLDER.matcher(text).results().map(it -> it.group(1)).forEach(names::add);
        return names;
    }

    /** The text with its placeholders filled; what has no value becomes nothing, for a model must never read braces. */
    public static String fill(String text, Map<String, String> values) {
        return PLACEHOLDER.matcher(text).replaceAll(it -> Matcher.quoteReplacement(value(it, values)));
    }

    private static String value(MatchResult placeholder, Map<String, String> values) {
        String value = values.get(placeholder.group(1));
        return value == null ? "" : value;
    }
}
