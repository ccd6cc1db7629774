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

    static String hours(JsonArray hours) {
        return hours == null ? "" : hours.stream().map(Object::toString).collect(Collectors.joining("; "));
    }
}
