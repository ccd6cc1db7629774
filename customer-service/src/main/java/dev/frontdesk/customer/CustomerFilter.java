package dev.frontdesk.customer;

import dev.frontdesk.http.BadRequest;
import dev.frontdesk.http.Cursor;
import dev.frontdesk.http.ListQuery;
import dev.frontdesk.phone.Phones;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which customers a list shows; every field may be null.
 *
 * @param phone E.164; a number that was merged shows the customer it belongs to
 * @param words all of them must be in the name, number or mail address, in lower case
 */
record CustomerFilter(
        String phone, String tag, Instant from, Instant before, List<String> words, Cursor cursor, int limit) {

    static final String[] NAMES = {"phone", "tag", "from", "to", "q"};
    private static final int MOST_WORDS = 8;

    static CustomerFilter of(ListQuery query, String region) {
        // A telephone number in any spelling is searched for as one.
        Optional<String> searched = query.text("q").flatMap(q -> Phones.parse(q, region));
        return new CustomerFilter(
                query.text("phone")
                        .map(phone -> Phones.parse(phone, region)
                                .orElseThrow(() -> new BadRequest("phone: not a telephone number")))
                        .or(() -> searched)
                        .orElse(null),
                query.text("tag").map(Tags::normalised).orElse(null),
                query.from().orElse(null),
                query.before().orElse(null),
                searched.isPresent()
                        ? List.of()
                        : query.text("q").map(CustomerFilter::words).orElse(List.of()),
                query.cursor().orElse(null),
                query.limit());
    }

    /** The same list from another place on. */
    CustomerFilter page(Cursor from, int rows) {
        return new CustomerFilter(phone, tag, this.from, before, words, from, rows);
    }

    /** What blanks separate, at most eight. */
    private static List<String> words(String q) {
        return Arrays.stream(q.toLowerCase(Locale.ROOT).strip().split("\\s+"))
                .limit(MOST_WORDS)
                .toList();
    }

    /** A {@code like} pattern for text that contains the word; of one or two letters, at the start of a word. */
    static String pattern(String word) {
        return (word.length() < 3 ? "% " : "%")
                + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }
}
