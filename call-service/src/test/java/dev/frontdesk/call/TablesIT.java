package dev.frontdesk.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.persistence.Column;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables as the seed has them, and every client for itself. */
@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
@QuarkusTestResource(Neighbours.class)
class TablesIT {

    private static final List<String> TABLES = List.of(
            "calls",
            "call_events",
            "tool_invocations",
            "faq_copies",
            "prompt_copies",
            "customer_copies",
            "catalogue_copies",
            "outbox",
            "idempotency_keys");

    @Test
    void theSeedsColumnsDefaultsChecksIndexesAndTriggerAreThere() {
        Map<String, Object> types = Deliveries.CALL
                .rows(
                        "select column_name, data_type from information_schema.columns where table_schema = 'public' and table_name = 'calls'")
                .stream()
                .collect(Collectors.toMap(it -> it.get("column_name").toString(), it -> it.get("data_type")));
        assertThat(types)
                .containsEntry("id", "uuid")
                .containsEntry("created_at", "timestamp with time zone")
                .containsEntry("updated_at", "timestamp with time zone")
                .containsEntry("phone_number", "text")
                .containsEntry("customer_name", "text")
                .containsEntry("duration", "integer")
                .containsEntry("status", "text")
                .containsEntry("call_type", "text")
                .containsEntry("recording_url", "text")
                .containsEntry("transcript", "text")
                .containsEntry("cost", "numeric")
                .containsEntry("notes", "text")
                .containsEntry("sentiment", "text")
                .containsEntry("booking_id", "uuid");
        assertThat(Deliveries.CALL
                        .rows("select indexname from pg_indexes where tablename = 'calls'")
                        .toString())
                .contains("idx_calls_phone", "idx_calls_status", "idx_calls_created_at", "idx_calls_booking_id");
        assertThat(Deliveries.CALL
                        .rows("select tgname from pg_trigger where tgrelid = 'calls'::regclass")
                        .toString())
                .contains("update_calls_updated_at");
        Database app = Database.asApp("call").client("default");
        for (String wrong : List.of("status", "call_type", "sentiment")) {
            assertThatThrownBy(
                            () -> app.run("insert into calls (phone_number, %s) values ('+1', 'odd')".formatted(wrong)))
                    .hasMessageContaining("check constraint");
        }
    }

    @Test
    void aRowThatTheSeedWouldTakeIsTaken() {
        UUID id = UUID.randomUUID();
        Database.asApp("call")
                .client("acme")
                .run("insert into calls (id, phone_number) values (?, '+14155550100')", id);
        Map<String, Object> row =
                Deliveries.CALL.rows("select * from calls where id = ?", id).get(0);
        assertThat(row).containsEntry("duration", 0).containsEntry("client_id", "acme");
        assertThat(row.get("cost").toString()).isEqualTo("0.000000");
    }

    @Test
    void noTableShowsAClientsRowsToAnotherOrToNobody() {
        Deliveries acme = Deliveries.to("acme");
        acme.send("vapi/end-of-call-report-inbound.json");
        for (String table : TABLES) {
            assertThat(Deliveries.CALL.rows(
                            "select relrowsecurity and relforcerowsecurity as forced from pg_class where oid = ?::regclass",
                            table))
                    .as(table)
                    .containsExactly(Map.of("forced", true));
            assertThat(Database.asApp("call").count("select count(*) from " + table))
                    .as(table)
                    .isZero();
            assertThat(Database.asApp("call")
                            .client("default")
                            .count("select count(*) from %s where client_id <> 'default'".formatted(table)))
                    .as(table)
                    .isZero();
        }
        assertThat(Database.asApp("call")
                        .client("default")
                        .run(
                                "update calls set notes = 'x' where id = ?",
                                acme.row().get("id")))
                .isZero();
        assertThatThrownBy(() -> Database.asApp("call")
                        .client("default")
                        .run("insert into calls (phone_number, client_id) values ('+1', 'acme')"))
                .hasMessageContaining("row-level security");
        assertThatThrownBy(() -> Database.asApp("call").run("insert into calls (phone_number) values ('+1')"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void everyMappedColumnIsInTheTable() {
        Set<String> columns =
                Deliveries.CALL
                        .rows("select column_name from information_schema.columns where table_name = 'calls'")
                        .stream()
                        .map(it -> it.get("column_name").toString())
                        .collect(Collectors.toSet());
        assertThat(Stream.of(Call.class.getDeclaredFields())
                        .filter(field -> !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
                        .filter(field -> !field.getName().startsWith("$$"))
                        .map(TablesIT::column))
                .isNotEmpty()
                .allMatch(columns::contains);
    }

    private static String column(Field field) {
        Column column = field.getAnnotation(Column.class);
        return column == null || column.name().isEmpty() ? field.getName() : column.name();
    }
}
