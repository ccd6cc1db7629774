package dev.frontdesk.phone;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.Leniency;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * One spelling per telephone number: E.164, from libphonenumber's numbering plans.
 *
 * <p>A number is taken when its length is possible in its plan; assigned ranges change faster than the data.
 */
public final class Phones {
    private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();

    /** Longer than any number with separators and extension; what is longer is not one. */
    private static final int LONGEST = 40;

    /** Anonymous, restricted, blocked, unknown, unavailable and private, as carriers write and as keypads spell them. */
    private static final Set<String> WITHHELD = Set.of(
            "anonymous",
            "unknown",
            "restricted",
            "blocked",
            "unavailable",
            "private",
            "withheld",
            "null",
            "266696687",
            "7378742833",
            "2562533",
            "8656696",
            "86282452253",
            "7748283");

    private static final Pattern OTHER_SCHEME =
            Pattern.compile("^(sips?|client|tel\\d|mailto):|@", Pattern.CASE_INSENSITIVE);
    private static final Pattern PREFIX = Pattern.compile("^(tel|sms|whatsapp|rcs):", Pattern.CASE_INSENSITIVE);

    /** Words, which libphonenumber would read as the keys of a telephone; an extension at the end is none. */
    private static final Pattern EXTENSION =
            Pattern.compile("\\s*(?:ext\\.?|extn\\.?|x)\\s*\\d{1,7}\\s*$", Pattern.CASE_INSENSITIVE);

    private static final Pattern LETTER = Pattern.compile("\\p{L}");

    private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{6,14}");

    /** Where a text has more digits than this has numbers, only E.164 is looked for further on. */
    private static final int TRIES = 1_000;

    private Phones() {}

    /**
     * E.164 ({@code +14155550123}) of any spelling.
     *
     * @param raw as written or as a provider sent it; a leading blank before a digit counts as the '+' it was in a URL
     * @param region the two-letter region whose national spelling is understood, for example {@code US}
     * @return empty for withheld callers, SIP and client addresses, short codes, and whatever is no number
     */
    public static Optional<String> parse(String raw, String region) {
        if (isAnonymous(raw)
                || raw.length() > LONGEST
                || OTHER_SCHEME.matcher(raw.trim()).find()) {
            return Optional.empty();
        }
        String text = PREFIX.matcher(raw).replaceFirst("");
        if (LETTER.matcher(EXTENSION.matcher(text).replaceFirst("")).find()) {
            return Optional.empty();
        }
        if (text.length() > 1 && text.charAt(0) == ' ' && Character.isDigit(text.charAt(1))) {
            text = "+" + text.trim();
        }
        try {
            PhoneNumber number = PLANS.parse(text, region);
            return PLANS.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE
                    ? Optional.of(PLANS.format(number, PhoneNumberFormat.E164))
                    : Optional.empty();
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether a caller's number is withheld: nothing at all, a word such as {@code anonymous} or {@code restricted}, or
     * the pseudo number that spells it ({@code +266696687}). Such a caller never becomes a customer.
     */
    public static boolean isAnonymous(String raw) {
        if (raw == null || raw.isBlank()) {
            return true;
        }
        String word = raw.trim().toLowerCase(Locale.ROOT);
        int address = word.indexOf('@');
        if (address > 0 && word.startsWith("sip")) {
            word = word.substring(word.indexOf(':') + 1, address);
        }
        return WITHHELD.contains(word.startsWith("+") ? word.substring(1) : word);
    }

    /** Every number that a text of any kind names, as E.164; in {@code region}'s national spellings too. */
    public static Set<String> namedIn(String text, String region) {
        Set<String> named = new HashSet<>();
        E164.matcher(text).results().map(MatchResult::group).forEach(named::add);
        PLANS.findNumbers(text, region, Leniency.POSSIBLE, TRIES)
                .forEach(it -> named.add(PLANS.format(it.number(), PhoneNumberFormat.E164)));
        return named;
    }

    /** The digits that every spelling of an E.164 number ends with: {@code 4155550123}; all of them where the plan is unknown. */
    public static String nationalDigits(String e164) {
        try {
            return PLANS.getNationalSignificantNumber(PLANS.parse(e164, null));
        } catch (NumberParseException e) {
            return e164.replaceAll("\\D", "");
        }
    }

    /** The region of an E.164 number, for example {@code DE}; empty when its plan names none. */
    public static Optional<String> regionOf(String e164) {
        try {
            return Optional.ofNullable(PLANS.getRegionCodeForNumber(PLANS.parse(e164, null)))
                    .filter(region -> !region.equals("001"));
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }

    /** For logs: {@code +1415•••0123}; what is too short to hide in keeps its last two characters, null is {@code -}. */
    public static String mask(String phone) {
        if (phone == null || phone.isBlank()) {
            return "-";
        }
        if (isAnonymous(phone) && !Character.isDigit(phone.charAt(phone.length() - 1))) {
            return "anonymous";
        }
        int length = phone.length();
        return length < 10
                ? "•••" + phone.substring(Math.max(0, length - 2))
                : phone.substring(0, 5) + "•••" + phone.substring(length - 4);
    }
}
