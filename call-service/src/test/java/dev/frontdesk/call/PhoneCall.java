package dev.frontdesk.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.http.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** A caller on the line with the client's Vapi agent, from a number of their own. */
final class PhoneCall {

    static final String VAPI_CALL = "c0a11000-0000-4000-8000-00000000a001";

    final Deliveries vapi = Deliveries.to("default");
    final String phone = "+1415" + (2_000_000 + ThreadLocalRandom.current().nextInt(7_999_999));

    /** Sends a message of the call; {@code more} is its further fields, each followed by a comma. */
    JsonNode message(String type, String more) {
        return read(vapi.vapi("""
                {"message":{"type":"%s","timestamp":1794330019800,%s
                 "call":{"id":"%s","type":"inboundPhoneCall","phoneCallProvider":"twilio"},"customer":{"number":"%s"}}}""".formatted(type, more, vapi.id(VAPI_CALL), phone)));
    }

    /** The model asks for a tool; answers the one result. */
    JsonNode tool(String id, String name, String arguments) {
        return message(
                        "tool-calls",
                        "\"toolCallList\":[{\"id\":\"%s\",\"type\":\"function\",\"function\":{\"name\":\"%s\",\"arguments\":%s}}],"
                                .formatted(id, name, arguments))
                .path("results")
                .path(0);
    }

    /** A time that is free. */
    String slot() {
        String offered = tool(fresh(), "get_availability", "{\"service_type\":\"regular\",\"date\":\"2030-01-07\"}")
                .path("result")
                .asText();
        assertThat(offered).contains("Monday, 7 January at 03:00 PM");
        return offered.replaceFirst(".*slot_id ([^)]+)\\).*", "$1");
    }

    static JsonNode read(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        try {
            return Json.mapper().readTree(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static String fresh() {
        return "call_" + UUID.randomUUID();
    }

    /** The arguments of create_booking, with a number that is not the caller's. */
    static String booking(String slot) {
        return "{\"customer_name\":\"Maria Lopez\",\"service_type\":\"regular\",\"slot_id\":\"%s\",\"phone\":\"+14155559999\"}"
                .formatted(slot);
    }

    /** The headers of an event of client {@code default}. */
    static Map<String, String> headers(String type) {
        return Map.of(
                "ce_id", UUID.randomUUID().toString(),
                "ce_type", type,
                "ce_source", "/test",
                "ce_specversion", "1.0",
                "ce_clientid", "default");
    }
}
