package dev.frontdesk.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.math.BigDecimal;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Tells a body that is no JSON (400) from a field of the wrong type (422), in words that name no Java class. */
final class Unreadable {
    private Unreadable() {}

    /** The problem behind Jackson's failure to read; null when it failed to write, which is our own fault. */
    static Problem of(JacksonException failure) {
        if (failure.getProcessor() instanceof JsonGenerator) {
            return null;
        }
        for (Throwable it = failure; it != null; it = it.getCause()) {
            if (it instanceof Problem problem) {
                return problem;
            }
            if (it instanceof StreamConstraintsException) {
                return new BadRequest("The JSON is too deep or has too long a value");
            }
            if (it instanceof StreamReadException && !(it instanceof InputCoercionException)) {
                return new BadRequest("The body is not well-formed JSON");
            }
        }
        return failure instanceof JsonMappingException mapping
                        && !mapping.getPath().isEmpty()
                ? field(failure)
                : new BadRequest("The body is empty or not of the expected shape");
    }

    /** The field of the wrong type, as a violation. */
    static Unprocessable field(JacksonException failure) {
        String path = failure instanceof JsonMappingException mapping ? path(mapping.getPath()) : "";
        return Unprocessable.field(path, expectation(failure));
    }

    private static String path(List<JsonMappingException.Reference> references) {
        return references.stream()
                .map(it -> it.getFieldName() == null ? "[" + it.getIndex() + "]" : "." + it.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    private static String expectation(JacksonException failure) {
        Class<?> type = failure instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
        if (failure.getCause() instanceof InputCoercionException) {
            return "is out of range";
        } else if (type == null) {
            return "has a wrong value";
        }
        if (type.isEnum() && failure instanceof InvalidFormatException) {
            return "must be one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(it -> Json.mapper().convertValue(it, String.class))
                            .collect(Collectors.joining(", "));
        }
        if (failure instanceof InvalidFormatException wrong
                && wrong.getValue() instanceof String text
                && text.indexOf('\0') >= 0) {
            return "must not hold a NUL character";
        }
        return "must be " + name(type);
    }

    private static String name(Class<?> type) {
        if (type == String.class) {
            return "a text";
        } else if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        } else if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "a whole number";
        } else if (type == BigDecimal.class || Number.class.isAssignableFrom(type)) {
            return "a number";
        } else if (type == java.util.UUID.class) {
            return "a UUID";
        } else if (Temporal.class.isAssignableFrom(type)) {
            return type == java.time.LocalDate.class ? "a date (YYYY-MM-DD)" : "an RFC 3339 time";
        } else if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        return "of another type";
    }
}
