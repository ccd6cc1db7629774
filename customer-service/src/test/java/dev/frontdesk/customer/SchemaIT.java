package dev.frontdesk.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.customer.faqs.Faq;
import dev.frontdesk.customer.prompts.SystemPrompt;
import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.persistence.Column;
import jakarta.persistence.Table;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
class SchemaIT {

    private static final Database DB = Database.asSuperuser("customer");

    private static final Map<Class<?>, String> TYPES = Map.of(
            UUID.class, "uuid",
            Instant.class, "timestamptz",
            String.class, "text",
            String[].class, "_text",
            int.class, "int4",
            long.class, "int8",
            boolean.class, "bool",
            BigDecimal.class, "numeric");

    @ParameterizedTest
    @ValueSource(classes = {Customer.class, Faq.class, SystemPrompt.class})
    void everyMappedColumnExistsWithItsType(Class<?> entity) {
        String table = entity.getAnnotation(Table.class).name();
        Map<String, String> columns = DB
                .rows(
                        "select column_name::text as name, udt_name::text as type from information_schema.columns where table_name = ?",
                        table)
                .stream()
                .collect(Collectors.toMap(row -> (String) row.get("name"), row -> (String) row.get("type")));
        List<Field> fields = Arrays.stream(entity.getDeclaredFields())
                .filter(field -> !field.isSynthetic() && !field.getName().contains("$"))
                .toList();
        assertThat(fields)
                .isNotEmpty()
                .allSatisfy(field -> assertThat(columns).containsEntry(column(field), TYPES.get(field.getType())));
    }

    @ParameterizedTest
    @CsvSource({
        "customers, 'id,created_at,updated_at,name,phone,email,total_bookings,total_calls,last_contact,notes,tags,address,total_spent'",
        "faqs, 'id,client_id,category,question,answer,keywords,is_active,display_order,usage_count,created_at,updated_at'",
        "system_prompts, 'id,client_id,prompt_type,system_prompt,prompt_version,is_active,created_at,updated_at'"
    })
    void everyColumnOfTheSeedIsThere(String table, String columns) {
        assertThat(DB.rows(
                        "select column_name::text as name from information_schema.columns where table_name = ?", table))
                .extracting(row -> row.get("name"))
                .contains((Object[]) columns.split(","));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "idx_customers_phone",
                "idx_customers_email",
                "idx_customers_name",
                "idx_faqs_client",
                "idx_faqs_category",
                "idx_faqs_active",
                "idx_prompts_client",
                "idx_prompts_type",
                "idx_prompts_active"
            })
    void everyIndexOfTheSeedIsThere(String index) {
        assertThat(DB.count("select count(*) from pg_indexes where indexname = ?", index))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"update_customers_updated_at", "update_faqs_updated_at", "update_prompts_updated_at"})
    void everyTriggerOfTheSeedIsThere(String trigger) {
        assertThat(DB.count("select count(*) from pg_trigger where tgname = ?", trigger))
                .isEqualTo(1);
    }

    @Test
    void everyTableOfAClientHidesAndRefusesOtherClientsRows() {
        List<String> tables =
                DB.rows("""
                        select c.relname::text as name from pg_class c
                        join pg_attribute a on a.attrelid = c.oid and a.attname = 'client_id'
                        where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
                        """).stream().map(row -> (String) row.get("name")).toList();
        assertThat(tables).contains("customers", "faqs", "system_prompts", "timeline", "phone_counters", "erasures");
        assertThat(tables).allSatisfy(table -> {
            assertThat(DB.value(
                            "select relrowsecurity and relforcerowsecurity from pg_class where oid = cast(? as regclass)",
                            table))
                    .isEqualTo(true);
            Database app = Database.asApp("customer");
            assertThat(app.count("select count(*) from " + table)).isZero();
            assertThat(app.client("acme").count("select count(*) from " + table + " where client_id <> 'acme'"))
                    .isZero();
        });
        assertThatThrownBy(() -> Database.asApp("customer")
                        .client("acme")
                        .run("insert into customers (client_id, name, phone) values ('default', 'x', '+1')"))
                .hasMessageContaining("row-level security");
    }

    /** A second policy for reading keeps the first one's index from being used. */
    @Test
    void onlyWhatWaitsForAWorkerIsSeenAcrossClients() {
        assertThat(DB.rows(
                        "select tablename::text from pg_policies where policyname = 'Workers can view every client'"))
                .extracting(row -> row.get("tablename"))
                .containsExactlyInAnyOrder(
                        "outbox", "idempotency_keys", "erased_people", "erasures", "imports", "staff_changes");
    }

    @Test
    void oneActivePromptPerTypeIsTheDatabasesRule() {
        String insert =
                "insert into system_prompts (client_id, prompt_type, system_prompt, prompt_version) values ('elsewhere', 'sms', 'x', ?)";
        DB.run("delete from system_prompts where client_id = 'elsewhere'");
        DB.run(insert, "v1.0.0");
        assertThatThrownBy(() -> DB.run(insert, "v1.0.1")).hasMessageContaining("system_prompts_one_active");
        DB.run("delete from system_prompts where client_id = 'elsewhere'");
    }

    private static String column(Field field) {
        Column column = field.getAnnotation(Column.class);
        return column == null || column.name().isEmpty() ? field.getName() : column.name();
    }
}
