package dev.frontdesk.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.local.Refusal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The front office of one client, as its staff sees it through the API. */
final class Office {
    private final Wire wire = new Wire();
    private final String url;
    private final String clientId;

    Office(String url, String clientId) {
        this.url = url;
        this.clientId = clientId;
    }

    JsonNode get(String path) {
        Wire.Answer answer = wire.get(url + path, Map.of("X-Client-Id", clientId));
        if (!answer.isOk()) {
            throw new Refusal("GET %s: %d %s".formatted(path, answer.status(), answer.body()));
        }
        return answer.json();
    }

    /** All items of a list, page after page. */
    List<JsonNode> list(String path) {
        List<JsonNode> items = new ArrayList<>();
        String first = path + (path.contains("?") ? "&" : "?") + "limit=200";
        for (String page = first; page != null; ) {
            JsonNode answer = get(page);
            answer.get("items").forEach(items::add);
            JsonNode next = answer.path("next_cursor");
            page = next.isTextual() ? first + "&cursor=" + encode(next.asText()) : null;
        }
        return items;
    }

    List<JsonNode> listOf(String path, Person person) {
        return list(path + "?phone=" + encode(person.phone()));
    }

    /** The texts written to this person since then, newest first. */
    List<JsonNode> textsTo(Person person, Instant since) {
        return list("/api/sms/messages?direction=outbound&phone=%s&from=%s".formatted(encode(person.phone()), since));
    }

    Wire.Answer post(String path, Map<String, ?> body) {
        return post(path, body, UUID.randomUUID().toString());
    }

    Wire.Answer post(String path, Map<String, ?> body, String idempotencyKey) {
        return wire.post(
                url + path,
                Json.MAPPER.valueToTree(body).toString(),
                Map.of(
                        "Content-Type", "application/json",
                        "X-Client-Id", clientId,
                        "Idempotency-Key", idempotencyKey));
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
