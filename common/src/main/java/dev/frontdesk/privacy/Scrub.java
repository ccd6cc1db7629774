package dev.frontdesk.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Set;

/** Takes one person out of JSON: in every object that bears the number, and below it, nothing personal stays. */
final class Scrub {

    static final String NAME = "erased";
    private static final Set<String> NAMES = Set.of("name", "customer_name");
    private static final Set<String> EMPTIED = Set.of(
            "email",
            "customer_email",
            "address",
            "pickup_address",
            "notes",
            "title",
            "summary",
            "transcript",
            "recording_url",
            "message_body",
            "conversation",
            "cancel_reason",
            "question");

    private final String phone;
    private final String pseudonym;

    Scrub(String phone, String pseudonym) {
        this.phone = phone;
        this.pseudonym = pseudonym;
    }

    /** A copy without the person. */
    JsonNode apply(JsonNode json) {
        return apply(json, false);
    }

    private JsonNode apply(JsonNode json, boolean theirs) {
        if (json instanceof ObjectNode object) {
            return object(object, theirs || bearsNumber(object));
        }
        if (json instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
            array.forEach(item -> copy.add(apply(item, theirs)));
            return copy;
        }
        return json.isTextual() ? TextNode.valueOf(json.textValue().replace(phone, pseudonym)) : json;
    }

    private ObjectNode object(ObjectNode object, boolean theirs) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = field.getKey();
            if (theirs && NAMES.contains(name) && field.getValue().isTextual()) {
                copy.put(name, NAME);
            } else if (theirs && EMPTIED.contains(name) && field.getValue().isTextual()) {
                copy.putNull(name);
            } else {
                copy.set(name, apply(field.getValue(), theirs));
            }
        }
        return copy;
    }

    private boolean bearsNumber(ObjectNode object) {
        for (JsonNode value : object) {
            if (value.isTextual() && value.textValue().equals(phone)) {
                return true;
            }
        }
        return false;
    }
}
