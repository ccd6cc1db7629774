package dev.frontdesk.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frontdesk.http.Json;
import dev.frontdesk.webhook.Form;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Takes out of a provider's message what would let its reader act as somebody: tokens, secrets, signed and control URLs. */
public final class Secrets {

    private static final List<String> WORDS = List.of(
            "secret",
            "authtoken",
            "apikey",
            "api_key",
            "password",
            "credential",
            "controlurl",
            "listenurl",
            "presigned",
            "authorization");

    private Secrets() {}

    /** The JSON text without secrets. */
    public static String strip(JsonNode message) {
        JsonNode copy = message.deepCopy();
        remove(copy);
        try {
            return Json.mapper().writeValueAsString(copy);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The form, encoded again, without secrets. */
    public static String strip(Form form) {
        return form.fields().stream()
                .filter(field -> !isSecret(field.getKey()))
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static boolean isSecret(String name) {
        String plain = name.toLowerCase(Locale.ROOT);
        return plain.endsWith("token") || WORDS.stream().anyMatch(plain::contains);
    }

    private static String encode(String text) {
        // PostgreSQL cannot hold NUL, and no provider sends one on purpose.
        return URLEncoder.encode(text.replace("\0", ""), StandardCharsets.UTF_8);
    }

    private static void remove(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List<String> secret = new ArrayList<>();
            object.fieldNames().forEachRemaining(name -> {
                if (isSecret(name)) {
                    secret.add(name);
                }
            });
            object.remove(secret);
        }
        node.forEach(Secrets::remove);
    }
}
