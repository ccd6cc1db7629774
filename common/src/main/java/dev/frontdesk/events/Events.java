package dev.frontdesk.events;

import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Events as JSON and back. The JSON is the contract: one golden file per type, and {@code META-INF/asyncapi.yaml}. */
public final class Events {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private static final Map<String, Class<? extends DomainEvent>> TYPES = Stream.of(
                    DomainEvent.class.getPermittedSubclasses())
            .flatMap(publisher -> Stream.of(publisher.getPermittedSubclasses()))
            .collect(Collectors.toUnmodifiableMap(
                    type -> type.getAnnotation(JsonTypeName.class).value(),
                    type -> type.asSubclass(DomainEvent.class)));

    private Events() {}

    /** Every type there is, by its versioned name. */
    public static Map<String, Class<? extends DomainEvent>> types() {
        return TYPES;
    }

    /** The event as one flat JSON object. */
    public static String write(DomainEvent event) {
        try {
            return JSON.writeValueAsString(event);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Reads an event of the named type.
     *
     * @throws Unreadable when the type is unknown, the JSON is broken, or a field is missing or of another kind
     */
    public static DomainEvent read(String type, byte[] json) {
        Class<? extends DomainEvent> known = TYPES.get(type);
        if (known == null) {
            throw new Unreadable("unknown event type " + type);
        }
        try {
            DomainEvent event = JSON.readValue(json, known);
            if (event == null || event.occurredAt() == null || event.aggregateId() == null) {
                throw new Unreadable("not a " + type + ": occurred_at or id is missing");
            }
            return event;
        } catch (IOException | NullPointerException e) {
            throw new Unreadable("not a " + type + ": " + reason(e));
        }
    }

    /** The JSON of an event as a tree, for reading a part of it. */
    public static JsonNode tree(DomainEvent event) {
        return JSON.valueToTree(event);
    }

    private static String reason(Exception e) {
        return e instanceof JsonProcessingException json ? json.getOriginalMessage() : "id is missing";
    }

    /** A record that will never become readable: it belongs on the dead-letter topic. */
    public static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Unreadable(String message) {
            super(message, null, false, false);
        }
    }
}
