package dev.frontdesk.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JsonTest {
    record Thing(
            UUID thingId, String customerName, BigDecimal paymentAmount, Integer numberOfLoads, Instant scheduledAt) {}

    record Patchable(String notes, int numberOfLoads, BigDecimal paymentAmount, List<String> tags) {}

    private static final Patchable PRESENT = new Patchable("call first", 2, new BigDecimal("31.00"), List.of("vip"));

    @Test
    void moneyKeepsItsScaleAndTimesAreUtc() throws JsonProcessingException {
        Thing thing =
                new Thing(null, "Ada", new BigDecimal("1E+2").setScale(2), 2, Instant.parse("2026-03-08T05:00:00Z"));
        String json = Json.mapper().writeValueAsString(thing);
        assertThat(json)
                .isEqualTo("{\"thing_id\":null,\"customer_name\":\"Ada\",\"payment_amount\":100.00,"
                        + "\"number_of_loads\":2,\"scheduled_at\":\"2026-03-08T05:00:00Z\"}");
        assertThat(Json.mapper().readValue(json, Thing.class)).isEqualTo(thing);
        assertThat(Json.mapper().readTree(json).toString()).isEqualTo(json);
    }

    @Test
    void anOffsetIsReadAndAnUnknownFieldIgnored() throws JsonProcessingException {
        assertThat(Json.mapper()
                        .readValue("{\"scheduled_at\":\"2026-03-08T00:00:00-05:00\",\"x\":{}}", Thing.class)
                        .scheduledAt())
                .isEqualTo("2026-03-08T05:00:00Z");
    }

    @Test
    void aWrongTypeIsAViolationOfItsField() {
        assertThat(read("{\"number_of_loads\":\"two\"}").body().get("violations"))
                .isEqualTo(List.of(new Violation("number_of_loads", "must be a whole number")));
        assertThat(read("{\"number_of_loads\":1.5}").status()).isEqualTo(422);
        assertThat(read("{\"number_of_loads\":99999999999}").status()).isEqualTo(422);
        assertThat(read("{\"customer_name\":5}").status()).isEqualTo(422);
        assertThat(read("{\"customer_name\":{}}").status()).isEqualTo(422);
        assertThat(read("{\"payment_amount\":\"5\"}").status()).isEqualTo(422);
        assertThat(read("{\"thing_id\":\"5\"}").body().get("violations"))
                .isEqualTo(List.of(new Violation("thing_id", "must be a UUID")));
    }

    record Stay(LocalDate from, List<String> names) {}

    @Test
    void aDateIsWrittenAsOneAndATextHoldsNoNulWhereverItStands() throws JsonProcessingException {
        assertThat(Json.mapper()
                        .readValue("{\"from\":\"2026-12-24\"}", Stay.class)
                        .from())
                .isEqualTo("2026-12-24");
        for (String wrong : List.of("{\"from\":20500}", "{\"from\":\"2026-02-30\"}", "{\"names\":[\"a\\u0000b\"]}")) {
            assertThatThrownBy(() -> Json.mapper().readValue(wrong, Stay.class))
                    .as(wrong)
                    .isInstanceOf(JacksonException.class);
        }
        assertThat(read("{\"customer_name\":\"\\u0000\"}").body().get("violations"))
                .isEqualTo(List.of(new Violation("customer_name", "must not hold a NUL character")));
        MergePatch patch = patch("{\"notes\":\"a\\u0000\"}");
        assertThatThrownBy(() -> patch.applyTo(PRESENT)).isInstanceOf(Unprocessable.class);
    }

    @Test
    void whatIsNoJsonIsUnreadable() {
        for (String body : List.of(
                "", "{", "{\"a\":}", "[]", "\"x\"", "{} {}", "[".repeat(101), "{\"customer_name\":\"\u0001\"}")) {
            assertThat(read(body).status()).as(body).isEqualTo(400);
        }
    }

    @Test
    void aPatchReplacesEmptiesAndLeaves() throws JsonProcessingException {
        assertThat(patch("{\"notes\":null,\"payment_amount\":31.50}").applyTo(PRESENT))
                .isEqualTo(new Patchable(null, 2, new BigDecimal("31.50"), List.of("vip")));
        assertThat(patch("{\"tags\":[]}").applyTo(PRESENT).tags()).isEmpty();
        assertThat(patch("{}").applyTo(PRESENT)).isEqualTo(PRESENT);
        assertThat(patch("{\"notes\":null}").has("notes")).isTrue();
        assertThat(patch("{\"tags\":[],\"notes\":\"\"}").fields()).containsExactly("notes", "tags");
    }

    @Test
    void aPatchOfAnotherFieldOrTypeIsRefused() throws JsonProcessingException {
        for (String wrong :
                List.of("{\"status\":\"paid\"}", "{\"notes\":5}", "{\"number_of_loads\":null}", "{\"tags\":{}}")) {
            MergePatch patch = patch(wrong);
            assertThatThrownBy(() -> patch.applyTo(PRESENT)).as(wrong).isInstanceOf(Unprocessable.class);
        }
        assertThatThrownBy(() -> MergePatch.of(Json.mapper().readTree("[]"))).isInstanceOf(BadRequest.class);
    }

    @Test
    void anEntityTagGuardsItsVersion() {
        EntityTags.require(null, 3);
        EntityTags.require(" ", 3);
        EntityTags.require("*", 3);
        EntityTags.require("\"2\", \"3\"", 3);
        for (String other : List.of("\"2\"", "W/\"3\"", "3", "\"33\"")) {
            assertThatThrownBy(() -> EntityTags.require(other, 3)).isInstanceOf(PreconditionFailed.class);
        }
    }

    private static MergePatch patch(String json) throws JsonProcessingException {
        return Json.mapper().readValue(json, MergePatch.class);
    }

    private static Problem read(String json) {
        try {
            throw new AssertionError("It was read as " + Json.mapper().readValue(json, Thing.class));
        } catch (JacksonException e) {
            return Unreadable.of(e);
        }
    }
}
