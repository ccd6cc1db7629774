package dev.frontdesk.call.knowledge;

import io.vertx.core.json.JsonArray;
import java.util.stream.Collectors;

/** What the client sells, when it is open and what it is asked, in words a model reads. */
final class Catalogue {

    private static final int MOST_FAQS = 20;

    private Catalogue() {}

    /** A list of texts as one; nothing for no list. */
    static String listed(JsonArray texts) {
        return texts == null ? "" : texts.stream().map(Object::toString).collect(Collectors.joining("; "));
    }

    /** At most twenty: the rest is for the tool. */
    static String faqs(JsonArray faqs) {
        return faqs == null
                ? ""
                : faqs.stream().limit(MOST_FAQS).map(Object::toString).collect(Collectors.joining(" "));
    }
}
