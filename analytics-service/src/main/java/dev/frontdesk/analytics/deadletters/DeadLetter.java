package dev.frontdesk.analytics.deadletters;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.http.Conflict;
import dev.frontdesk.http.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * An event that a service could not take in.
 *
 * @param origin the topic it was meant for
 * @param service who could not read it
 * @param reason why, in the words of that service
 */
record DeadLetter(
        UUID id,
        String topic,
        int partition,
        long offset,
        String origin,
        String service,
        String key,
        String type,
        String reason,
        JsonObject headers,
        Buffer value,
        Instant failedAt,
        Instant replayedAt) {

    private static final Pattern TOPIC = Pattern.compile("(?<origin>frontdesk\\.[a-z-]+)\\.(?<service>[a-z-]+)\\.dlq");
    private static final Pattern NUMBER = Pattern.compile("\\+[1-9]\\d{6,14}");
    private static final String PREFIX = "frontdesk.";

    /** As it lies on the dead-letter topic. */
    static DeadLetter of(ConsumerRecord<String, byte[]> message) {
        Matcher topic = TOPIC.matcher(message.topic());
        if (!topic.matches()) {
            throw new IllegalArgumentException("no dead-letter topic of ours: " + message.topic());
        }
        JsonObject headers = new JsonObject();
        message.headers().forEach(header -> headers.put(storable(header.key()), text(header)));
        return new DeadLetter(
                null,
                message.topic(),
                message.partition(),
                message.offset(),
                topic.group("origin"),
                topic.group("service"),
                storable(message.key()),
                headers.getString("ce_type"),
                headers.getString("dead-letter-reason"),
                headers,
                message.value() == null ? null : Buffer.buffer(message.value()),
                Instant.ofEpochMilli(message.timestamp()),
                null);
    }

    static DeadLetter of(Row row) {
        OffsetDateTime replayedAt = row.getOffsetDateTime("replayed_at");
        return new DeadLetter(
                row.getUUID("id"),
                row.getString("topic"),
                row.getInteger("partition"),
                row.getLong("record_offset"),
                row.getString("origin"),
                row.getString("service"),
                row.getString("key"),
                row.getString("type"),
                row.getString("reason"),
                row.getJsonObject("headers"),
                row.getColumnIndex("value") < 0 ? null : row.get(Buffer.class, "value"),
                row.getOffsetDateTime("failed_at").toInstant(),
                replayedAt == null ? null : replayedAt.toInstant());
    }

    /** Whose it says it is. */
    String clientId() {
        return headers.getString("ce_clientid");
    }

    /** The kind of thing it is about, as the outbox names it. */
    String aggregateType() {
        return origin.substring(PREFIX.length());
    }

    /** When it was published first, as it says: the same each time that Kafka hands it out. */
    Optional<Instant> occurredAt() {
        try {
            return Optional.ofNullable(headers.getString("ce_time"))
                    .map(OffsetDateTime::parse)
                    .map(OffsetDateTime::toInstant);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** All that it says, where a person may be named. */
    String text() {
        return Stream.of(key, reason, headers.encode(), value == null ? "" : value.toString(StandardCharsets.UTF_8))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
    }

    /** What is left where nobody could play it again, nor say whom it is about: where it lies, and why. */
    DeadLetter withoutContent() {
        return new DeadLetter(
                id,
                topic,
                partition,
                offset,
                origin,
                service,
                key == null || NUMBER.matcher(key).find() ? null : key,
                type,
                reason == null ? null : NUMBER.matcher(reason).replaceAll("…"),
                new JsonObject(),
                null,
                failedAt,
                replayedAt);
    }

    /** The event to publish once more; a conflict where it could not be read the second time either. */
    JsonNode payload() {
        if (key == null || type == null || value == null) {
            throw new Conflict("It has no key, type or value; nobody could read it the second time either");
        }
        try {
            JsonNode payload = Json.mapper().readTree(value.toString(StandardCharsets.UTF_8));
            if (payload.isObject()) {
                return payload;
            }
        } catch (JsonProcessingException e) {
            // As below: no JSON object.
        }
        throw new Conflict("It is not JSON; nobody could read it the second time either");
    }

    private static String text(Header header) {
        return header.value() == null ? null : storable(new String(header.value(), StandardCharsets.UTF_8));
    }

    /** PostgreSQL stores every character but one. */
    private static String storable(String text) {
        return text == null ? null : text.replace("\0", "");
    }
}
