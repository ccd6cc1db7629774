package dev.frontdesk.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.testing.CommonProfile;
import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Infrastructure;
import dev.frontdesk.testing.Inside;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(CommonProfile.class)
@QuarkusTestResource(Infrastructure.class)
class TenantIT {

    @Inject
    Tenant tenant;

    @Inject
    Pool pool;

    @Test
    void aTransactionBindsItsClientAndANestedOneJoinsIt() {
        String bound = Inside.aRequest(() -> tenant.transaction(
                "acme", () -> tenant.transaction(() -> text("select current_setting('app.client_id', true)"))));
        assertThat(bound).isEqualTo("acme");
    }

    @Test
    void aNestedTransactionOfAnotherClientIsRefused() {
        assertThatThrownBy(() -> Inside.aRequest(() ->
                        tenant.transaction("acme", () -> tenant.transaction("default", () -> text("select 'x'")))))
                .hasMessageContaining("one client");
    }

    @Test
    void whatIsDoneTogetherIsOneTransactionOfOneClient() {
        Set<String> transactions = new HashSet<>();
        Inside.aRequest(() -> together(() -> tenant.sql("acme", TenantIT::transaction)
                .invoke(transactions::add)
                .chain(() -> tenant.planned("acme", TenantIT::transaction))
                .invoke(transactions::add)
                .chain(() -> transaction(tenant.client()))
                .invoke(transactions::add)));
        assertThat(transactions).hasSize(1);
        assertThatThrownBy(() -> Inside.aRequest(() -> together(() -> tenant.sql("default", TenantIT::transaction))))
                .hasMessageContaining("one client");
        assertThatThrownBy(() -> Inside.aRequest(() -> together(() -> tenant.transaction(() -> text("select 'x'")))))
                .hasMessageContaining("not Panache's");
        // Afterwards each is its own again.
        Inside.aRequest(() -> together(() -> Uni.createFrom().item("done"))
                .chain(() -> tenant.sql("default", TenantIT::transaction)));
    }

    private Uni<String> together(Supplier<Uni<String>> work) {
        tenant.enter("acme");
        return tenant.together(connection -> work.get());
    }

    private static Uni<String> transaction(SqlClient connection) {
        return connection
                .query("select pg_current_xact_id()::text")
                .execute()
                .map(rows -> rows.iterator().next().getString(0));
    }

    @Test
    void aStatementLargerThanMostIsPreparedOncePerConnection() {
        String large = "select 'kept' -- " + "x".repeat(7_000);
        Integer kept = Inside.aRequest(() -> tenant.sql(
                "acme",
                connection -> connection
                        .preparedQuery(large)
                        .execute()
                        .chain(() -> connection
                                .query(
                                        "select count(*)::int from pg_prepared_statements where statement like 'select ''kept''%'")
                                .execute())
                        .map(rows -> rows.iterator().next().getInteger(0))));
        assertThat(kept).isOne();
    }

    @Test
    void nothingIsBoundOnceATransactionIsOver() {
        for (int i = 0; i < 30; i++) {
            Inside.aRequest(() -> tenant.transaction("acme", () -> text("select 'x'")));
            Inside.aRequest(() -> tenant.sql(
                    "acme", connection -> connection.query("select 1").execute()));
            String left =
                    Inside.aRequest(() -> pool.query("select coalesce(current_setting('app.client_id', true), '')")
                            .execute()
                            .map(rows -> rows.iterator().next().getString(0)));
            assertThat(left).isEmpty();
        }
    }

    @Test
    void anotherClientsRowsAreNeitherSeenNorWritten() {
        String key = UUID.randomUUID().toString();
        Inside.aRequest(() -> tenant.sql(
                "acme",
                connection -> connection
                        .preparedQuery("insert into idempotency_keys (key, request_hash, status) values ($1, 'h', 200)")
                        .execute(Tuple.of(key))));
        Database app = Database.asApp("call");
        String mine = "select count(*) from idempotency_keys where key = ?";
        assertThat(app.client("acme").count(mine, key)).isEqualTo(1);
        assertThat(app.client("default").count(mine, key)).isZero();
        assertThat(app.count(mine, key)).isZero();
        assertThat(app.client("default").run("update idempotency_keys set status = 1 where key = ?", key))
                .isZero();
        assertThat(app.client("default").run("delete from idempotency_keys where key = ?", key))
                .isZero();
        assertThatThrownBy(
                        () -> app.client("default")
                                .run(
                                        "insert into idempotency_keys (client_id, key, request_hash, status) values ('acme', 'z', 'h', 1)"))
                .hasMessageContaining("row-level security");
        assertThatThrownBy(
                        () -> app.run("insert into idempotency_keys (key, request_hash, status) values ('z', 'h', 1)"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aWorkerSeesEveryClientButChangesNothing() {
        String key = UUID.randomUUID().toString();
        Inside.aRequest(() -> tenant.sql(
                "acme",
                connection -> connection
                        .preparedQuery("insert into idempotency_keys (key, request_hash, status) values ($1, 'h', 200)")
                        .execute(Tuple.of(key))));
        Long seen = Inside.aRequest(() -> tenant.worker(connection -> connection
                .preparedQuery("select count(*) from idempotency_keys where key = $1")
                .execute(Tuple.of(key))
                .map(rows -> rows.iterator().next().getLong(0))));
        Integer changed = Inside.aRequest(() -> tenant.worker(connection -> connection
                .preparedQuery("update idempotency_keys set status = 500 where key = $1")
                .execute(Tuple.of(key))
                .map(rows -> rows.rowCount())));
        assertThat(seen).isEqualTo(1);
        assertThat(changed).isZero();
    }

    @Test
    void everyTableWithAClientHasItsRowsForcedUnderThePolicies() {
        Database db = Database.asSuperuser("call");
        assertThat(db.rows("""
                        select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
                        where a.attname = 'client_id' and c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
                          and not (c.relrowsecurity and c.relforcerowsecurity)
                        """)).isEmpty();
        assertThat(db.rows("select policyname from pg_policies where policyname = 'Allow all operations'"))
                .isEmpty();
        assertThat(db.value("select rolsuper or rolbypassrls from pg_roles where rolname = 'call_app'"))
                .isEqualTo(false);
    }

    private static Uni<String> text(String sql) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(sql, String.class).getSingleResult());
    }
}
