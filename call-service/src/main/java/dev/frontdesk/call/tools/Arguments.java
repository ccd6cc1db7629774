package dev.frontdesk.call.tools;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.call.Loose;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/** What the model put into a tool call: read kindly, trusted with nothing. */
record Arguments(JsonNode node) {

    private static final int LONGEST = 500;

    static Arguments of(JsonObject stored) {
        return new Arguments(Loose.object(stored.toBuffer().getBytes()));
    }

    /** Null when it is missing; cut when it is longer than any honest value. */
    String text(String name) {
        String text = Loose.text(node, name);
        if (text == null) {
            return null;
        }
        String plain = text.replace("\0", "").trim();
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
    }

    Integer number(String name) {
        BigDecimal number = Loose.number(node, name);
        return number == null || number.abs().compareTo(BigDecimal.valueOf(10_000)) > 0
                ? null
                : Integer.valueOf(number.intValue());
    }

    /** A date as models write it: YYYY-MM-DD, the start of a time stamp, today or tomorrow. */
    Optional<LocalDate> date(String name, LocalDate today) {
        String text = text(name);
        if (text == null) {
            return Optional.empty();
        }
        switch (text.toLowerCase(Locale.ROOT)) {
            case "today":
                return Optional.of(today);
            case "tomorrow":
                return Optional.of(today.plusDays(1));
            default:
                break;
        }
        try {
            return Optional.of(LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text));
        } catch (DateTimeParseException notADate) {
            return Optional.empty();
        }
    }
}
