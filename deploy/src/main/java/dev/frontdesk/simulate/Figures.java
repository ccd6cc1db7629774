package dev.frontdesk.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What Frontdesk shows at one moment: the last days together, and each person's own numbers. */
record Figures(Map<String, BigDecimal> values) {
    static final List<String> DAILY =
            List.of("total_calls", "successful_calls", "failed_calls", "total_bookings", "total_sms", "total_cost");
    static final List<String> OF_CUSTOMER = List.of("total_calls", "total_bookings", "total_spent");

    static Figures of(Office office, Collection<Person> people) {
        Map<String, BigDecimal> values = new HashMap<>();
        office.get("/api/analytics/daily").get("items").forEach(day -> add(values, "", day, DAILY));
        for (Person person : people) {
            office.listOf("/api/customers", person).stream()
                    .filter(customer -> customer.path("phone").asText().equals(person.phone()))
                    .forEach(customer -> add(values, person.phone() + " ", customer, OF_CUSTOMER));
            office.listOf("/api/sms/conversations", person).stream()
                    .filter(thread -> thread.path("phone_number").asText().equals(person.phone()))
                    .forEach(thread -> add(values, person.phone() + " ", thread, List.of("message_count")));
        }
        return new Figures(values);
    }

    private static void add(Map<String, BigDecimal> values, String prefix, JsonNode row, List<String> columns) {
        columns.forEach(column -> values.merge(prefix + column, row.path(column).decimalValue(), BigDecimal::add));
    }

    BigDecimal get(String name) {
        return values.getOrDefault(name, BigDecimal.ZERO);
    }

    /** By how much a figure has grown since then. */
    BigDecimal since(Figures then, String name) {
        return get(name).subtract(then.get(name));
    }
}
