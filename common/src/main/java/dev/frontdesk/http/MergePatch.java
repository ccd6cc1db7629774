package dev.frontdesk.http;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A JSON merge patch (RFC 7396) as the body of a {@code PATCH}: fields given replace, null empties, others stay.
 *
 * <p>What may be patched is the record it is applied to. Use it as the resource method's {@code @NotNull} parameter,
 * with {@code @Consumes({MergePatch.MEDIA_TYPE, "application/json"})}.
 */
public final class MergePatch {
    /** RFC 7396's media type; {@code application/json} is taken as well. */
    public static final String MEDIA_TYPE = "application/merge-patch+json";

    private final ObjectNode changes;

    private MergePatch(ObjectNode changes) {
        this.changes = changes;
    }

    /** Takes the parsed body; anything but a JSON object is a {@link BadRequest}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static MergePatch of(JsonNode body) {
        if (body instanceof ObjectNode changes) {
            return new MergePatch(changes);
        }
        throw new BadRequest("A merge patch is a JSON object");
    }

    @JsonValue
    JsonNode document() {
        return changes;
    }

    /** The names of the fields given, snake_case. */
    public Set<String> fields() {
        Set<String> names = new TreeSet<>();
        changes.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Whether the field is given, be it null. */
    public boolean has(String field) {
        return changes.has(field);
    }

    /**
     * The target with the changes merged in.
     *
     * @param target a record of exactly the fields that may be patched, with their present values
     * @throws Unprocessable for a field the record does not have, or a value of the wrong type
     */
    public <T> T applyTo(T target) {
        ObjectNode merged = Json.mapper().valueToTree(target);
        List<Violation> unknown = new ArrayList<>();
        fields().stream()
                .filter(field -> !merged.has(field))
                .forEach(field -> unknown.add(new Violation(field, "cannot be changed here")));
        if (!unknown.isEmpty()) {
            throw Unprocessable.fields(unknown);
        }
        try {
            @SuppressWarnings("unchecked")
            Class<T> type = (Class<T>) target.getClass();
            ObjectNode next = merge(merged, changes);
            // An emptied field stays, as null: a primitive cannot take it, and must say so.
            fields().stream().filter(field -> changes.get(field).isNull()).forEach(next::putNull);
            return Json.mapper().treeToValue(next, type);
        } catch (JsonProcessingException e) {
            throw Unreadable.field(e);
        }
    }

    /**
     * As {@link #applyTo(Object)}, then checks the record's validation annotations.
     *
     * @throws ConstraintViolationException answered as 422 with the violations
     */
    public <T> T applyTo(T target, Validator validator) {
        T patched = applyTo(target);
        Set<ConstraintViolation<T>> violations = validator.validate(patched);
        if (!violations.isEmpty()) {
            throw new ConstraintViolationException(violations);
        }
        return patched;
    }

    private static ObjectNode merge(ObjectNode target, ObjectNode patch) {
        patch.properties().forEach(change -> {
            JsonNode value = change.getValue();
            if (value instanceof ObjectNode nested) {
                ObjectNode inner = target.get(change.getKey()) instanceof ObjectNode present
                        ? present
                        : Json.mapper().createObjectNode();
                target.set(change.getKey(), merge(inner, nested));
            } else if (value.isNull()) {
                target.remove(change.getKey());
            } else {
                target.set(change.getKey(), value);
            }
        });
        return target;
    }
}
