package dev.frontdesk.sms.optout;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a text says about being texted. Twilio's keywords count when they are the whole message; plain wording counts
 * anywhere in it, for a person who writes "please stop texting me" has revoked consent as well as one who writes STOP.
 *
 * <p>CANCEL is nobody's wish here: it is a natural word for a booking, see {@code Replies}. YES re-opens only a number that
 * is opted out, which is known later.
 */
public enum Wish {
    /** STOP and the other words Twilio acts upon and answers itself. */
    STOP_KEYWORD,
    /** The same in words of one's own, which Twilio does not see. */
    STOP_WORDING,
    START,
    /** HELP and INFO, which Twilio answers itself. */
    HELP_KEYWORD,
    /** The same in other words, which is ours to answer. */
    HELP,
    NONE;

    /** Twilio blocks after these (default opt-out of long codes) and answers the sender. */
    private static final Set<String> STOP = Set.of("stop", "stopall", "unsubscribe", "end", "quit", "revoke", "optout");

    /** Whole messages that mean the same, in the languages of our clients' customers. */
    private static final Set<String> STOP_ELSEWHERE = Set.of(
            "opt out",
            "stop all",
            "stopp",
            "stoppen",
            "abmelden",
            "abbestellen",
            "arret",
            "arreter",
            "desabonner",
            "desabonnement",
            "desinscription",
            "baja",
            "alto",
            "parar",
            "darse de baja",
            "desuscribir",
            "cancelar suscripcion",
            "basta",
            "fermare",
            "rimuovi",
            "disiscrivi",
            "sair",
            "pare",
            "remover",
            "afmelden",
            "uitschrijven",
            "avregistrera");

    /** The longest text a provider takes; what says more than that is read no further. */
    private static final int LONGEST = 1_600;

    private static final Set<String> OPT_IN = Set.of("start", "unstop", "optin", "opt in", "resubscribe", "subscribe");
    /** Exactly these, in any case; with a mark or a word more the text is nobody's but ours. */
    private static final Set<String> HELP_KEYWORDS = Set.of("help", "info");

    private static final Set<String> HELP_WORDS = Set.of("help", "info", "hilfe", "ayuda", "aide", "aiuto", "ajuda");

    private static final String MESSAGES = "(texts?|messages?|msgs?|sms|reminders?|alerts?|spam)";
    private static final Pattern WORDING = Pattern.compile(String.join(
            "|",
            "^((please|pls|plz|ok|just|hey|hi) )*stop( (please|pls|plz|it|now|this|that|already|thanks|thank you|thx))*$",
            "\\bstop (text|txt|messag|msg|contact|bother|spam|harass)(t?ing|ing)\\b",
            "\\bstop sending( me)?( any| these| those| the| your| all)*( more)?( " + MESSAGES + "\\b|$)",
            "\\bstop (the|these|those|all|your|any|all the|all these|sending me) ?" + MESSAGES + "\\b",
            "\\b(do not|dont|don t|never|quit) (ever )?(text|txt|contact|message|sms|write|bother)(ing)? (to )?(me|us|this number|here)\\b",
            "\\b(please|pls) (do not|dont) (text|contact|message)\\b",
            "\\btake (me|us|my number|this number) off\\b",
            "\\b(remove|delete) (me|us|my (phone )?number|this number|my phone)\\b",
            "\\bno (more|further) " + MESSAGES + "\\b",
            "\\bunsubscribe\\b",
            "\\bopt(ing)? (me |us )?out\\b",
            "\\b(lose my number|leave me alone)\\b",
            "\\bkeine (weiteren |mehr )?(sms|nachrichten|texte)( mehr)?\\b",
            "\\bnicht mehr (anschreiben|kontaktieren|schreiben|senden|schicken)\\b",
            "\\b(mich|nummer) (bitte )?(abmelden|austragen|loschen)\\b",
            "\\bno me (envien?|manden?|mandes?|envies?|escriban?|contacten?)\\b",
            "\\bno mas mensajes\\b",
            "\\bplus de (sms|messages)\\b",
            "\\b(arretez|cessez) de m\\b",
            "\\bne m ?e? ?(envoyez|contactez|ecrivez) (plus|pas)\\b"));

    /**
     * Reads a text.
     *
     * @param optOutType Twilio's own verdict ({@code STOP}, {@code START}, {@code HELP}) where Advanced Opt-Out is on; null else
     */
    public static Wish of(String body, String optOutType) {
        if (optOutType != null) {
            switch (optOutType.trim().toUpperCase(Locale.ROOT)) {
                case "STOP":
                    return STOP_KEYWORD;
                case "START":
                    return START;
                case "HELP":
                    return HELP_KEYWORD;
                default:
                    break;
            }
        }
        String words = words(body);
        if (STOP.contains(words)) {
            return STOP_KEYWORD;
        } else if (OPT_IN.contains(words)) {
            return START;
        } else if (HELP_KEYWORDS.contains(body.trim().toLowerCase(Locale.ROOT))) {
            return HELP_KEYWORD;
        } else if (HELP_WORDS.contains(words)) {
            return HELP;
        }
        return STOP_ELSEWHERE.contains(words) || WORDING.matcher(words).find() ? STOP_WORDING : NONE;
    }

    public boolean isStop() {
        return this == STOP_KEYWORD || this == STOP_WORDING;
    }

    /** Whether a reply would be one too many: who wants no texts gets none, and Twilio answers its keywords itself. */
    public boolean wantsNoReply() {
        return isStop() || this == START || this == HELP_KEYWORD;
    }

    /** Lower case letters and digits of any script, without accents, one blank between words. */
    public static String words(String body) {
        String read = body.length() > LONGEST ? body.substring(0, LONGEST) : body;
        StringBuilder words = new StringBuilder(read.length());
        Normalizer.normalize(read, Normalizer.Form.NFKD).codePoints().forEach(letter -> {
            if (isWritten(letter)) {
                words.appendCodePoint(letter);
            } else if (!isAccentOrApostrophe(letter) && !endsWithBlank(words)) {
                words.append(' ');
            }
        });
        return words.toString().toLowerCase(Locale.ROOT).trim();
    }

    private static boolean isWritten(int letter) {
        return switch (Character.getType(letter)) {
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
            default -> Character.isLetter(letter);
        };
    }

    private static boolean isAccentOrApostrophe(int letter) {
        return switch (Character.getType(letter)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> "'’`´".indexOf(letter) >= 0;
        };
    }

    private static boolean endsWithBlank(StringBuilder words) {
        return words.length() == 0 || words.charAt(words.length() - 1) == ' ';
    }
}
