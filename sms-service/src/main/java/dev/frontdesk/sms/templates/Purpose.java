package dev.frontdesk.sms.templates;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What we write about, with our own words for it and the placeholders they may use. */
public enum Purpose {
    CONFIRMATION(
            "confirmation",
            "{{business_name}}: {{service}} on {{date}} at {{time}}, ref {{reference}}."
                    + " Reply C to confirm, R to reschedule, X to cancel. STOP to opt out."),
    CHANGE(
            "change",
            "{{business_name}}: your {{service}} is now on {{date}} at {{time}}, ref {{reference}}."
                    + " Reply C to confirm, R to reschedule, X to cancel. STOP to opt out."),
    CANCELLATION(
            "cancellation",
            "{{business_name}}: your {{service}} on {{date}} at {{time}} (ref {{reference}}) is cancelled."
                    + " Reply here to book again."),
    REMINDER(
            "reminder",
            "{{business_name}}: reminder of your {{service}} on {{date}} at {{time}}, ref {{reference}}."
                    + " Reply R to reschedule, X to cancel. STOP to opt out."),
    TEXT_BACK(
            "text-back", "{{business_name}}: sorry we missed your call. Reply here and we will help. STOP to opt out."),
    HELP(
            "help",
            "{{business_name}}: reply with your booking reference, C to confirm, R to reschedule, X to cancel, or a"
                    + " question. STOP to opt out."),
    HAND_OVER("hand-over", "{{business_name}}: thanks for your message. A person will answer you here.");

    private static final Set<String> ANY = Set.of("business_name");
    private static final Set<String> BOOKING =
            Set.of("business_name", "customer_name", "service", "date", "time", "reference", "address", "price");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*([^{}]*?)\\s*}}");
    private static final Map<String, String> EXAMPLES = Map.of(
            "business_name", "Clean & Fold",
            "customer_name", "Maria Lopez",
            "service", "Regular wash",
            "date", "Tue, Nov 24",
            "time", "03:00 PM",
            "reference", "ABC234",
            "address", "12 Main St",
            "price", "USD 23.00");

    private final String word;
    private final String standard;

    Purpose(String word, String standard) {
        this.word = word;
        this.standard = standard;
    }

    public static Optional<Purpose> of(String word) {
        return Arrays.stream(values()).filter(it -> it.word.equals(word)).findFirst();
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(Purpose::word).toList();
    }

    /** Such as {@code text-back}. */
    public String word() {
        return word;
    }

    /** The text where the client has none of its own. */
    public String standard() {
        return standard;
    }

    /** The names that may stand in double braces. */
    public Set<String> placeholders() {
        return new TreeSet<>(ordinal() <= REMINDER.ordinal() ? BOOKING : ANY);
    }

    /** The first placeholder of the text that means nothing here, or a brace that is left over. */
    public Optional<String> misunderstood(String body) {
        Matcher matcher = PLACEHOLDER.matcher(body);
        while (matcher.find()) {
            if (!placeholders().contains(matcher.group(1))) {
                return Optional.of(matcher.group());
            }
        }
        String rest = PLACEHOLDER.matcher(body).replaceAll("");
        return rest.contains("{{") || rest.contains("}}") ? Optional.of("{{") : Optional.empty();
    }

    /** The text with the values in place; what has no value is left out. */
    public static String fill(String body, Map<String, String> values) {
        return PLACEHOLDER
                .matcher(body)
                .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), "")))
                .replaceAll(" {2,}", " ")
                .trim();
    }

    /** The text with made-up values. */
    public String example(String body) {
        return fill(body, EXAMPLES);
    }
}
