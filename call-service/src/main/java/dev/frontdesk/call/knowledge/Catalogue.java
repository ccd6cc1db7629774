package dev.frontdesk.call.knowledge;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.stream.Collectors;

/** What the client sells and when it is open, in words, from the copy of booking-service's catalogue. */
final class Catalogue {

    private Catalogue() {}

    static String services(JsonArray services) {
        return services == null
                ? ""
                : services.stream()
                        .map(JsonObject.class::cast)
                        .map(it -> it.getString("text"))
                        .collect(Collectors.joining("; "));
    }

    /** At most twenty: the rest is for the tool. */
    static String faqs(JsonArray faqs) {
        return faqs == null ? "" : faqs.stream().limit(20).map(Object::toString).collect(Collectors.joining(" "));
    }

    static String hours(JsonArray hours) {
        return hours == null ? "" : hours.stream().map(Object::toString).collect(Collectors.joining("; "));
    }
}
