package dev.frontdesk.customer;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Where a customer's name was learnt, the least reliable first; a name is only replaced by one from a better source. */
public enum NameSource {
    NONE,
    CALL,
    BOOKING,
    STAFF;

    private static final Set<String> NOBODY = Set.of(
            "unknown",
            "anonymous",
            "customer",
            "caller",
            "guest",
            "user",
            "n/a",
            "na",
            "none",
            "null",
            "test",
            "erased");
    private static final Pattern LETTER = Pattern.compile("\\p{L}");
    private static final int LONGEST = 200;

    /** As the database has it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A name worth keeping, blanks tidied; null for a placeholder, a number or nothing. */
    public static String learnable(String heard) {
        if (heard == null) {
            return null;
        }
        String name = heard.strip().replaceAll("\\s+", " ");
        boolean usable = LETTER.matcher(name).find() && !NOBODY.contains(name.toLowerCase(Locale.ROOT));
        return usable ? name.substring(0, Math.min(name.length(), LONGEST)) : null;
    }
}
