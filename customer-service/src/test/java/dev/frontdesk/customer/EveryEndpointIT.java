package dev.frontdesk.customer;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.EveryEndpoint;
import dev.frontdesk.testing.Infrastructure;
import dev.frontdesk.testing.Issuer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(MovingIn.class)
@QuarkusTestResource(Infrastructure.class)
class EveryEndpointIT extends EveryEndpoint {

    @Override
    protected String rules() {
        return """
                viewer   GET /api/customers
                admin    POST /api/customers
                viewer   GET /api/customers/{id}
                admin    PATCH /api/customers/{id}
                admin    DELETE /api/customers/{id}
                admin    PUT /api/customers/{id}/tags/{tag}
                admin    DELETE /api/customers/{id}/tags/{tag}
                admin    POST /api/customers/{id}/merge
                viewer   GET /api/customers/{id}/history
                viewer   GET /api/customers/{id}/export
                admin    POST /api/customers/{id}/erasure
                viewer   GET /api/customers/{id}/erasures/{erasureId}
                viewer   GET /api/customers/erasures/{erasureId}
                viewer   GET /api/customers/export
                admin    POST /api/customers/imports
                admin    POST /api/customers/imports/{id}/parts
                viewer   GET /api/customers/imports/{id}
                viewer   GET /api/system-prompts
                viewer   GET /api/system-prompts/{id}
                admin    POST /api/system-prompts
                admin    POST /api/system-prompts/{id}/activation
                admin    POST /api/system-prompts/{id}/rollback
                viewer   GET /api/system-prompts/{id}/diff
                viewer   GET /api/system-prompts/{id}/preview
                viewer   GET /api/faqs
                viewer   GET /api/faqs/{id}
                admin    POST /api/faqs
                admin    PATCH /api/faqs/{id}
                admin    POST /api/faqs/{id}/activation
                admin    POST /api/faqs/{id}/deactivation
                admin    POST /api/faqs/order
                admin    DELETE /api/faqs/{id}
                viewer   GET /api/faqs/match
                viewer   GET /api/faqs/categories
                viewer   GET /api/faqs/unanswered
                admin    DELETE /api/faqs/unanswered/{id}
                """;
    }

    @Override
    protected Map<String, String> things() {
        UUID customer = UUID.randomUUID();
        UUID faq = UUID.randomUUID();
        UUID prompt = UUID.randomUUID();
        Database db = Database.asSuperuser("customer");
        db.run(
                "insert into customers (id, client_id, name, phone) values (?, 'default', ?, ?)",
                customer,
                NAME,
                Feed.newPhone());
        db.run(
                "insert into faqs (id, client_id, question, answer, category) values (?, 'default', ?, 'Yes', 'Names')",
                faq,
                "Is it " + NAME + "?");
        db.run("""
                insert into system_prompts (id, client_id, prompt_type, system_prompt, prompt_version, is_active)
                values (?, 'default', 'voice', ?, ?, false)
                """, prompt, NAME, "v0.0." + System.nanoTime() % 1_000_000);
        return Map.of(
                "/api/customers/{id}", customer.toString(),
                "/api/faqs/{id}", faq.toString(),
                "/api/system-prompts/{id}", prompt.toString());
    }

    @Test
    void whatStaffChangeIsNotedWithTheirNameAndWithoutTheValues() {
        String id = things().get("/api/customers/{id}");
        given().header("Authorization", "Bearer " + Issuer.token("default", "client_admin"))
                .contentType("application/merge-patch+json")
                .body(Map.of("name", "Zoe", "notes", "Rings twice"))
                .patch("/api/customers/" + id)
                .then()
                .statusCode(200);
        Database db = Database.asSuperuser("customer");
        assertThat(db.rows(
                        "select client_id, staff, action, thing, array_to_string(columns, ',') as columns from staff_changes"
                                + " where key = ?",
                        id))
                .singleElement()
                .isEqualTo(Map.of(
                        "client_id", "default",
                        "staff", "kim",
                        "action", "update",
                        "thing", "customers",
                        "columns", "name,name_source,notes"));
        // Nobody who serves rewrites the past.
        assertThatThrownBy(() ->
                        Database.asApp("customer").client("default").run("update staff_changes set staff = 'eve'"))
                .hasMessageContaining("permission denied");
        assertThat(Database.asApp("customer").client("default").run("delete from staff_changes"))
                .isZero();
        assertThat(Database.asApp("customer")
                        .client("acme")
                        .count("select count(*) from staff_changes where key = ?", id))
                .isZero();
    }
}
