package dev.frontdesk.sms;

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
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
class SchemaIT {

    private static final String CLIENT_TABLES = """
            select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'client_id'
            where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
            """;

    private final Database sms = Database.asSuperuser("sms");

    @Inject
    Mutiny.SessionFactory sessions;

    @Test
    void everyEntityFitsItsTable() {
        sessions.getMetamodel().getEntities().forEach(entity -> {
            List<Object> read = Inside.aRequest(() ->
                    sessions.withSession(session -> session.createQuery("from " + entity.getName(), Object.class)
                            .setMaxResults(1)
                            .getResultList()));
            assertThat(read).as(entity.getName()).isEmpty();
        });
        assertThat(sessions.getMetamodel().getEntities()).hasSize(2);
    }

    @Test
    void theSeedsColumnsChecksAndIndexesAreThereByName() {
        assertThat(sms.rows("""
                        select column_name, data_type from information_schema.columns
                        where table_name = 'sms_messages' and column_name in ('id', 'created_at', 'phone_number', 'direction',
                            'message_body', 'status', 'booking_id', 'cost')
                        """)).hasSize(8);
        assertThat(sms.rows("select indexname from pg_indexes where tablename = 'sms_messages'").stream()
                        .map(it -> it.get("indexname").toString())
                        .toList())
                .contains("idx_sms_phone", "idx_sms_created_at", "idx_sms_booking_id");
        assertThatThrownBy(() ->
                        sms.run("insert into sms_messages (client_id, phone_number, direction, message_body, status)"
                                + " values ('default', '+1', 'sideways', 'x', 'sent')"))
                .hasMessageContaining("direction");
        assertThatThrownBy(() ->
                        sms.run("insert into sms_messages (client_id, phone_number, direction, message_body, status)"
                                + " values ('default', '+1', 'inbound', 'x', 'lost')"))
                .hasMessageContaining("status");
    }

    @Test
    void everyTableOfAClientIsForcedUnderThePoliciesAndEmptyForNobody() {
        Database nobody = Database.asApp("sms");
        Set<String> tables = sms.rows(CLIENT_TABLES).stream()
                .map(it -> it.get("relname").toString())
                .collect(Collectors.toSet());
        assertThat(tables)
                .contains(
                        "sms_messages",
                        "conversations",
                        "opt_outs",
                        "delivery_reports",
                        "send_counters",
                        "booking_copies",
                        "templates",
                        "faq_copies",
                        "prompt_copies",
                        "slot_offers",
                        "outbox");
        for (String table : tables) {
            assertThat(sms.rows(
                            "select relrowsecurity, relforcerowsecurity from pg_class where oid = ?::regclass", table))
                    .as(table)
                    .containsExactly(Map.of("relrowsecurity", true, "relforcerowsecurity", true));
            assertThat(nobody.count("select count(*) from " + table)).as(table).isZero();
        }
        assertThatThrownBy(() -> nobody.run("insert into sms_messages (phone_number, direction, message_body, status)"
                        + " values ('+1', 'inbound', 'x', 'received')"))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> nobody.client("acme")
                        .run("insert into sms_messages (client_id, phone_number, direction, message_body, status)"
                                + " values ('default', '+1', 'inbound', 'x', 'received')"))
                .hasMessageContaining("row-level security");
    }
}
