package dev.frontdesk.customer;

import dev.frontdesk.http.Unprocessable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Tags and keywords in one spelling: lower case, blanks tidied, each once, in the order given. */
public final class Tags {

    private static final int LONGEST = 60;
    private static final int MOST = 50;

    private Tags() {}

    /** What was given, in the one spelling; null is none. */
    public static List<String> normalised(List<String> given) {
        if (given == null) {
            return List.of();
        }
        Set<String> tags = new LinkedHashSet<>();
        given.stream()
                .filter(tag -> tag != null && !tag.isBlank())
                .map(Tags::normalised)
                .forEach(tags::add);
        if (tags.size() > MOST) {
            throw Unprocessable.field("tags", "at most " + MOST);
        }
        return List.copyOf(tags);
    }

    /** One of them. */
    public static String normalised(String tag) {
        String tidy = tag.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
        if (tidy.length() > LONGEST) {
            throw Unprocessable.field("tags", "at most " + LONGEST + " characters each");
        }
        return tidy;
    }

    static List<String> union(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).distinct().toList();
    }
}
