package dev.frontdesk.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Bean-validation failures in the words of the request: JSON names, no method and parameter names. */
final class Violations {
    private static final SnakeCaseStrategy SNAKE_CASE = new SnakeCaseStrategy();

    private Violations() {}

    /**
     * 422 with the body's fields; 400 when the parameter itself is wrong (no body, a malformed filter); null when it is
     * our own answer that breaks a rule.
     */
    static Problem of(ConstraintViolationException failure) {
        List<Violation> fields = new ArrayList<>();
        for (ConstraintViolation<?> violation : failure.getConstraintViolations()) {
            Where where = where(violation.getPropertyPath());
            if (where.answer) {
                return null;
            }
            if (where.field.isEmpty() && where.parameter != null) {
                return new BadRequest(where.parameter + ": " + violation.getMessage());
            }
            fields.add(new Violation(where.field, violation.getMessage()));
        }
        if (fields.isEmpty()) {
            return new Unprocessable(failure.getMessage());
        }
        fields.sort(Comparator.comparing(Violation::field).thenComparing(Violation::message));
        return Unprocessable.fields(fields);
    }

    private static Where where(Path path) {
        StringBuilder field = new StringBuilder();
        String parameter = null;
        boolean answer = false;
        for (Path.Node node : path) {
            ElementKind kind = node.getKind();
            answer |= kind == ElementKind.RETURN_VALUE;
            if (kind == ElementKind.PARAMETER) {
                parameter = SNAKE_CASE.translate(node.getName());
            } else if (kind == ElementKind.PROPERTY || kind == ElementKind.CONTAINER_ELEMENT) {
                appendIndex(field, node);
                if (kind == ElementKind.PROPERTY) {
                    field.append(field.length() > 0 ? "." : "").append(SNAKE_CASE.translate(node.getName()));
                }
            }
        }
        return new Where(field.toString(), parameter, answer);
    }

    private static void appendIndex(StringBuilder field, Path.Node node) {
        if (node.getIndex() != null) {
            field.append('[').append(node.getIndex()).append(']');
        } else if (node.getKey() != null) {
            field.append('[').append(node.getKey()).append(']');
        }
    }

    private record Where(String field, String parameter, boolean answer) {}
}
