package dev.frontdesk.sms.replies;

import dev.frontdesk.sms.optout.Wish;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a text wants of us, as far as fixed words tell.
 *
 * @param reference of a booking, upper case; null when none is named
 * @param choice the number picked from an offer; 0 when none
 */
record Meaning(Kind kind, String reference, int choice) {

    enum Kind {
        CONFIRM,
        /** YES: confirms a booking, but Twilio also takes it as START from a number that opted out. */
        YES,
        CANCEL_BOOKING,
        /** CANCEL and nothing else: a booking, or all texts? */
        CANCEL_ALONE,
        RESCHEDULE,
        /** Six characters that may be a reference. */
        LOOK_UP,
        CHOICE,
        HOURS,
        HELP,
        PERSON,
        OTHER
    }

    /** As booking-service makes them: no 0, O, 1, I or L. */
    private static final String REFERENCE = "(?:ref(?:erence)? )?(?<ref>[2-9a-hj-km-np-z]{6})";

    private static final String BOOKING =
            "(?: (?:my|the|our|a))?(?: (?:booking|appointment|reservation|pickup|order))?";
    private static final Pattern CONFIRM =
            Pattern.compile("(?:c|confirm|confirmed|i confirm|ok|okay)" + BOOKING + "(?: " + REFERENCE + ")?");
    private static final Pattern YES =
            Pattern.compile("(?:y|yes|yep|yeah|ja|si|oui)(?: please)?(?: " + REFERENCE + ")?");
    private static final Pattern CANCEL = Pattern.compile("(?:please )?(?:x|(?:i want to |i need to |can you )?cancel)"
            + BOOKING + "(?: " + REFERENCE + ")?(?: please)?");
    private static final Pattern RESCHEDULE = Pattern.compile("(?:please )?(?:r|reschedule|rebook|move|change)"
            + BOOKING + "(?: (?:time|date))?(?: " + REFERENCE + ")?(?: please)?");
    private static final Pattern LOOK_UP = Pattern.compile(REFERENCE);
    private static final Pattern CHOICE = Pattern.compile("(?:option |number |no )?(?<n>[1-9])(?: please)?");
    private static final Pattern RESCHEDULE_SOMEWHERE =
            Pattern.compile("\\b(?:reschedule|another time|different time)\\b");
    private static final Pattern HOURS = Pattern.compile(
            "\\b(?:hours|opening|open|closed|closing|when do you close|offnungszeiten|geoffnet|horarios?|abiertos?)\\b");
    private static final Pattern PERSON = Pattern.compile(
            "\\b(?:agent|human|real person|a person|representative|operator|staff|someone|mitarbeiter)\\b|\\b(?:call|ring) me\\b");

    static Meaning of(String body) {
        String words = Wish.words(body);
        if (words.equals("cancel")) {
            return new Meaning(Kind.CANCEL_ALONE, null, 0);
        } else if (Wish.of(body, null) == Wish.HELP) {
            return new Meaning(Kind.HELP, null, 0);
        }
        Matcher choice = CHOICE.matcher(words);
        if (choice.matches()) {
            return new Meaning(Kind.CHOICE, null, Integer.parseInt(choice.group("n")));
        }
        Meaning command = command(words);
        if (command != null) {
            return command;
        } else if (RESCHEDULE_SOMEWHERE.matcher(words).find()) {
            return new Meaning(Kind.RESCHEDULE, null, 0);
        } else if (PERSON.matcher(words).find()) {
            return new Meaning(Kind.PERSON, null, 0);
        }
        return new Meaning(HOURS.matcher(words).find() ? Kind.HOURS : Kind.OTHER, null, 0);
    }

    private static Meaning command(String words) {
        Meaning meaning = match(CONFIRM, words, Kind.CONFIRM);
        meaning = meaning == null ? match(YES, words, Kind.YES) : meaning;
        meaning = meaning == null ? match(CANCEL, words, Kind.CANCEL_BOOKING) : meaning;
        meaning = meaning == null ? match(RESCHEDULE, words, Kind.RESCHEDULE) : meaning;
        return meaning == null ? match(LOOK_UP, words, Kind.LOOK_UP) : meaning;
    }

    private static Meaning match(Pattern pattern, String words, Kind kind) {
        Matcher matcher = pattern.matcher(words);
        if (!matcher.matches()) {
            return null;
        }
        String reference = matcher.group("ref");
        return new Meaning(kind, reference == null ? null : reference.toUpperCase(), 0);
    }
}
