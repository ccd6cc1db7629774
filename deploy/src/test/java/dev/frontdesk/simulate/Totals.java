package dev.frontdesk.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.local.TestPlatform;
import dev.frontdesk.testing.Database;
import java.math.BigDecimal;

/** The daily totals of every client. Costs apart: prices come when the provider knows them, so in the middle of a test too. */
final class Totals {
    static final String PER_DAY = """
            select client_id, date, total_calls, total_bookings, total_sms, successful_calls, failed_calls, conversion_rate
            from analytics order by 1, 2
            """;

    private Totals() {}

    static void requireThatCostsAddUp() {
        assertThat(sum("analytics", "total_cost", "analytics"))
                .isEqualByComparingTo(sum("call", "cost", "calls").add(sum("sms", "cost", "sms_messages")));
    }

    private static BigDecimal sum(String database, String column, String table) {
        return (BigDecimal) Database.at(TestPlatform.postgresAddress(), database, "postgres")
                .value("select coalesce(sum(%s), 0) from %s".formatted(column, table));
    }
}
