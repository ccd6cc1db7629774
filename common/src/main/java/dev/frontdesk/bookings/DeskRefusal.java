package dev.frontdesk.bookings;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.frontdesk.http.Json;
import dev.frontdesk.http.Violation;
import java.util.List;

/**
 * booking-service's no, from its problem+json: {@code type} is the last part of the type URI ({@code slot-taken},
 * {@code not-bookable}, {@code not-found} …), {@code reason} that of a time that cannot be booked ({@code closed | past |
 * too-soon | beyond-horizon | nonexistent-time}, else null); alternatives and violations are empty where there are none.
 */
public final class DeskRefusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final transient Body body;

    private record Body(
            String type, String detail, String reason, List<FreeSlot> alternatives, List<Violation> violations) {}

    private DeskRefusal(int status, Body body) {
        super(body.detail(), null, false, false);
        this.status = status;
        this.body = body;
    }

    static DeskRefusal of(int status, String json) {
        return new DeskRefusal(status, read(json));
    }

    private static Body read(String json) {
        try {
            Body body = Json.mapper().readValue(json, Body.class);
            if (body != null) {
                return body;
            }
        } catch (JsonProcessingException | IllegalArgumentException notAProblem) {
            // Something between us and booking-service answered; its text is nobody's business.
        }
        return new Body("about:blank", "The booking was refused", null, List.of(), List.of());
    }

    public int status() {
        return status;
    }

    public String type() {
        return body.type() == null ? "" : body.type().substring(body.type().lastIndexOf('/') + 1);
    }

    public String reason() {
        return body.reason();
    }

    public List<FreeSlot> alternatives() {
        return body.alternatives() == null ? List.of() : body.alternatives();
    }

    public List<Violation> violations() {
        return body.violations() == null ? List.of() : body.violations();
    }
}
