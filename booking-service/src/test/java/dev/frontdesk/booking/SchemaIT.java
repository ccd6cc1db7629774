package dev.frontdesk.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Infrastructure;
import dev.frontdesk.testing.Inside;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.hibernate.reactive.mutiny.Mutiny;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(Shops.class)
class SchemaIT {

    private static final List<String> TABLES = List.of(
            "bookings",
            "services",
            "resources",
            "opening_hours",
            "closures",
            "booking_rules",
            "holds",
            "booking_changes",
            "reminders",
            "outbox",
            "idempotency_keys");

    @Inject
    Mutiny.SessionFactory sessions;

    private final Database database = Database.asSuperuser("booking");

    @Test
    void everyEntityFitsItsTable() {
        sessions.getMetamodel().getEntities().forEach(entity -> {
            List<Object> read = Inside.aRequest(() ->
                    sessions.withSession(session -> session.createQuery("from " + entity.getName(), Object.class)
                            .setMaxResults(1)
                            .getResultList()));
            assertThat(read).as(entity.getName()).isEmpty();
        });
        assertThat(sessions.getMetamodel().getEntities()).hasSize(7);
    }

    @Test
    void everyTableIsForcedUnderRowLevelSecurityWithTheSeedsPolicies() {
        for (String table : TABLES) {
            assertThat(database.rows(
                            "select relrowsecurity, relforcerowsecurity from pg_class where oid = ?::regclass", table))
                    .as(table)
                    .containsExactly(Map.of("relrowsecurity", true, "relforcerowsecurity", true));
            assertThat(database.count(
                            "select count(*) from pg_policies where tablename = ? and policyname in ('Users can view own client data',"
                                    + " 'Users can insert own client data', 'Users can update own client data',"
                                    + " 'Users can delete own client data')",
                            table))
                    .as(table)
                    .isEqualTo(4);
        }
    }

    @Test
    void aRowOfTheSeedsColumnsAloneIsAccepted() {
        Database app = Database.asApp("booking").client("flow");
        app.run("insert into bookings (customer_name, customer_phone, service_type, appointment_date, appointment_time)"
                + " values ('Ann', '+14155550100', 'cut', '2026-03-03', '10:00 AM')");
        Map<String, Object> row = app.rows("select * from bookings where customer_phone = '+14155550100'")
                .get(0);
        assertThat(row)
                .containsEntry("status", "pending")
                .containsEntry("client_id", "flow")
                .containsEntry("reminder_sent", false)
                .containsEntry("payment_currency", "USD");
        app.run("delete from bookings where customer_phone = '+14155550100'");
    }

    @Test
    void withoutAClientThereAreNoRowsAndNoWrites() {
        Database nobody = Database.asApp("booking");
        for (String table : TABLES) {
            assertThat(nobody.count("select count(*) from " + table)).as(table).isZero();
        }
        assertThatThrownBy(() -> nobody.run(
                        "insert into bookings (client_id, customer_name, customer_phone, service_type, appointment_date,"
                                + " appointment_time) values ('flow', 'Ann', '+1', 'cut', '2026-03-03', '10:00 AM')"))
                .hasMessageContaining("row-level security");
    }

    @Test
    void theIndexesTriggerAndChecksOfTheSeedHaveItsNames() {
        assertThat(database.rows("select indexname from pg_indexes where tablename = 'bookings'"))
                .extracting(row -> row.get("indexname"))
                .contains("idx_bookings_phone", "idx_bookings_status", "idx_bookings_date", "idx_bookings_created_at");
        assertThat(database.count("select count(*) from pg_trigger where tgname = 'update_bookings_updated_at'"))
                .isOne();
        assertThatThrownBy(() -> Database.asApp("booking")
                        .client("flow")
                        .run("insert into bookings (customer_name, customer_phone, service_type, appointment_date,"
                                + " appointment_time, status) values ('Ann', '+1', 'cut', 'd', 't', 'lost')"))
                .hasMessageContaining("bookings_status_check");
    }

    @Test
    void twoOpenBookingsOfAResourceNeverOverlapWhoeverWritesThem() {
        Database app = Database.asApp("booking").client("flow");
        String insert =
                "insert into bookings (customer_name, customer_phone, service_type, appointment_date, appointment_time,"
                        + " scheduled_at, duration_minutes, resource_id, status) values ('Ann', '+14155550101', 'cut', 'd', 't',"
                        + " ?::timestamptz, 30, '00000000-0000-0000-0000-000000000001', ?)";
        app.run(insert, "2030-01-01T10:00:00Z", "pending");
        app.run(insert, "2030-01-01T10:30:00Z", "pending");
        app.run(insert, "2030-01-01T10:15:00Z", "cancelled");
        assertThatThrownBy(() -> app.run(insert, "2030-01-01T10:15:00Z", "scheduled"))
                .hasMessageContaining("bookings_never_overlap");
        app.run("delete from bookings where customer_phone = '+14155550101'");
    }
}
