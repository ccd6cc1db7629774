package dev.frontdesk.call.knowledge;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** Finds the FAQ that answers a spoken question, or none: a wrong answer is worse than "I don't know". */
final class FaqMatch {

    /** A FAQ of the client. */
    record Faq(UUID id, String question, String answer, List<String> keywords) {}

    private static final double THRESHOLD = 0.34;
    private static final Pattern WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Set<String> FILLERS = Set.copyOf(List.of("""
            a an and any are at be can could did do does for from have how i if in is it me my of on or our please s so \
            some tell that the there they this to us was we what when where which who will with would you your \
            der die das den ein eine ist wie was wo und""".split("\\s+")));

    private FaqMatch() {}

    static Optional<Faq> best(List<Faq> faqs, String question) {
        Set<String> asked = words(question);
        return asked.isEmpty()
                ? Optional.empty()
                : faqs.stream()
                        .filter(faq -> score(faq, asked) >= THRESHOLD)
                        .max(Comparator.comparingDouble(faq -> score(faq, asked)));
    }

    /** How much of what was asked the FAQ is about: keywords count most, then its question, then its answer. */
    static double score(Faq faq, Set<String> asked) {
        Set<String> keywords = words(String.join(" ", faq.keywords()));
        Set<String> question = words(faq.question());
        Set<String> answer = words(faq.answer());
        double sum = 0;
        for (String word : asked) {
            sum += keywords.contains(word) ? 1.5 : question.contains(word) ? 1 : answer.contains(word) ? 0.3 : 0;
        }
        return sum / asked.size();
    }

    static Set<String> words(String text) {
        Set<String> words = new HashSet<>();
        for (String word : WORDS.split(text == null ? "" : text.toLowerCase(Locale.ROOT))) {
            if (!word.isEmpty() && !FILLERS.contains(word)) {
                words.add(stem(word));
            }
        }
        return words;
    }

    /** Plural and tense endings don't make another word. */
    private static String stem(String word) {
        return word.length() > 4 ? word.replaceFirst("(ies|es|s|ing|ed)$", "") : word.replaceFirst("s$", "");
    }
}
