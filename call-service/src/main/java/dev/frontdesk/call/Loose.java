package dev.frontdesk.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.frontdesk.http.BadRequest;
import dev.frontdesk.http.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Reads provider JSON the way providers write it: anything may be missing, null, or of another kind than last year. */
public final class Loose {

    /** Above this an epoch time is in milliseconds, below in seconds (providers do not say). */
    private static final long MILLIS = 100_000_000_000L;

    private Loose() {}

    /** Numbers with more decimal places, or more zeros, than this are no amounts, times or durations. */
    private static final int MOST_PLACES = 40;

    /** The body as a JSON object, without what cannot be kept (NUL characters, boundless numbers); or a 400. */
    public static JsonNode object(byte[] body) {
        try {
            JsonNode node = Json.mapper().readTree(body);
            if (node == null || !node.isObject()) {
                throw new BadRequest("The body is not a JSON object");
            }
            return kept(node);
        } catch (IOException e) {
            throw new BadRequest("The body is not JSON");
        }
    }

    /** The first of the dotted paths that holds a text or a number that is not blank; null when none does. */
    public static String text(JsonNode node, String... paths) {
        for (String path : paths) {
            JsonNode found = at(node, path);
            if (found.isValueNode() && !found.isNull() && !found.asText().isBlank()) {
                return found.asText();
            }
        }
        return null;
    }

    /** As {@link #text}, as a number; texts that are numbers count. */
    public static BigDecimal number(JsonNode node, String... paths) {
        for (String path : paths) {
            Optional<BigDecimal> number = number(at(node, path));
            if (number.isPresent()) {
                return number.get();
            }
        }
        return null;
    }

    /** As {@link #text}, as a moment: epoch seconds, epoch milliseconds or ISO 8601. */
    public static Instant instant(JsonNode node, String... paths) {
        for (String path : paths) {
            Instant instant = instant(at(node, path));
            if (instant != null) {
                return instant;
            }
        }
        return null;
    }

    /** The node at a dotted path; missing when there is none. */
    public static JsonNode at(JsonNode node, String path) {
        JsonNode found = node;
        for (String step : path.split("\\.")) {
            found = found.path(step);
        }
        return found;
    }

    /** An object, or the object a text holds as JSON; an empty object for anything else. */
    public static JsonNode objectOrText(JsonNode node) {
        if (node.isTextual()) {
            try {
                JsonNode parsed = Json.mapper().readTree(node.asText());
                return parsed != null && parsed.isObject()
                        ? kept(parsed)
                        : Json.mapper().createObjectNode();
            } catch (JsonProcessingException notJson) {
                return Json.mapper().createObjectNode();
            }
        }
        return node.isObject() ? node : Json.mapper().createObjectNode();
    }

    private static JsonNode kept(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode kept = Json.mapper().createObjectNode();
            object.properties().forEach(field -> kept.set(withoutNul(field.getKey()), kept(field.getValue())));
            return kept;
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, kept(array.get(i)));
            }
        } else if (node.isTextual() && node.textValue().indexOf('\0') >= 0) {
            return TextNode.valueOf(withoutNul(node.textValue()));
        } else if (node.isBigDecimal() && isBoundless(node.decimalValue())) {
            return TextNode.valueOf(node.asText());
        }
        return node;
    }

    private static String withoutNul(String text) {
        return text.replace("\0", "");
    }

    /** Written out, {@code 1e-999999999} would fill the memory. */
    private static boolean isBoundless(BigDecimal number) {
        return Math.abs((long) number.scale()) > MOST_PLACES || number.precision() > MOST_PLACES;
    }

    private static Optional<BigDecimal> number(JsonNode node) {
        try {
            return Optional.of(node)
                    .filter(it -> it.isNumber() || it.isTextual() && it.asText().length() < MOST_PLACES)
                    .map(it -> it.isNumber()
                            ? it.decimalValue()
                            : new BigDecimal(it.asText().trim()))
                    .filter(number -> !isBoundless(number));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static Instant instant(JsonNode node) {
        try {
            if (node.isNumber() || node.isTextual() && node.asText().matches("\\d{9,16}")) {
                long epoch = node.asLong();
                return epoch > MILLIS ? Instant.ofEpochMilli(epoch) : Instant.ofEpochSecond(epoch);
            }
            return node.isTextual() ? OffsetDateTime.parse(node.asText().trim()).toInstant() : null;
        } catch (DateTimeException notATime) {
            return null;
        }
    }
}
