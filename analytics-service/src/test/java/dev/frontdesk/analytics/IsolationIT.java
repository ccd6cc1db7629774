package dev.frontdesk.analytics;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.is;

import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
class IsolationIT {

    private static final Instant NOON = Instant.parse("2025-10-01T16:00:00Z");
    private static final String DAY = "from=2025-10-01&to=2025-10-01";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "analytics",
                "facts",
                "call_facts",
                "booking_facts",
                "sms_facts",
                "analytics_hours",
                "analytics_breakdown",
                "customer_counters",
                "dead_letters",
                "outbox",
                "idempotency_keys"
            })
    void noTableShowsOrTakesARowWithoutItsClient(String table) {
        traffic();
        Database app = Database.asApp("analytics");
        assertThat(app.count("select count(*) from " + table)).isZero();
        assertThat(app.client("acme").count("select count(*) from " + table + " where client_id <> 'acme'"))
                .isZero();
        assertThatThrownBy(() -> app.client("acme")
                        .run("insert into analytics (client_id, date) values ('default', '2001-01-01')"))
                .hasMessageContaining("row-level security");
        assertThatThrownBy(() -> app.run("insert into analytics (client_id, date) values ('default', '2001-01-01')"))
                .hasMessageContaining("row-level security");
        assertThat((Boolean) Database.asSuperuser("analytics")
                        .value("select relforcerowsecurity from pg_class where oid = ?::regclass", table))
                .isTrue();
    }

    @Test
    void noEndpointShowsAnotherClientsNumbers() {
        traffic();
        given().get("/api/analytics/daily?" + DAY).then().body("items[0].total_calls", is(1));
        given().header("X-Client-Id", "acme")
                .get("/api/analytics/daily?" + DAY)
                .then()
                .body("items[0].total_calls", is(0));
        given().header("X-Client-Id", "acme")
                .get("/api/analytics/series?interval=hour&" + DAY)
                .then()
                .body("items.sum { it.total_calls }", is(0));
        given().header("X-Client-Id", "acme")
                .get("/api/analytics/breakdown?of=calls&by=status&" + DAY)
                .then()
                .body("items.size()", is(0));
        given().header("X-Client-Id", "nobody")
                .get("/api/analytics/daily")
                .then()
                .statusCode(404);
    }

    private static void traffic() {
        if (Database.asSuperuser("analytics").count("select count(*) from facts where date = '2025-10-01'") == 0) {
            Wire.send("default", Told.call(Told.someone()).on(NOON).ended("completed", null));
            Wire.settle();
        }
    }
}
