package dev.frontdesk.sms.outbound;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.http.Json;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;

/** Twilio's answer other than 2xx: the HTTP status, its error code (0 where there is none), and {@code Retry-After}. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final int code;
    private final Duration retryAfter;

    Refusal(int status, int code, Duration retryAfter) {
        super("Twilio answered %d, code %d".formatted(status, code), null, false, false);
        this.status = status;
        this.code = code;
        this.retryAfter = retryAfter;
    }

    static Refusal of(Response response) {
        String seconds = response.getHeaderString("Retry-After");
        Duration wait =
                seconds != null && seconds.matches("\\d{1,5}") ? Duration.ofSeconds(Long.parseLong(seconds)) : null;
        return new Refusal(response.getStatus(), code(response.readEntity(String.class)), wait);
    }

    private static int code(String body) {
        try {
            JsonNode problem = body == null ? null : Json.mapper().readTree(body);
            return problem == null ? 0 : problem.path("code").asInt(0);
        } catch (JsonProcessingException notTwilio) {
            return 0;
        }
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }

    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
