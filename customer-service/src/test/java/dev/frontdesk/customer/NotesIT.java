package dev.frontdesk.customer;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frontdesk.events.CustomerEvent;
import dev.frontdesk.events.CustomerSnapshot;
import dev.frontdesk.events.Events;
import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The statements behind events (V15), as the app role runs them: one by one, at once, and for one client only. */
@QuarkusTest
@QuarkusTestResource(Infrastructure.class)
class NotesIT {

    private static final Database DB = Database.asSuperuser("customer");
    private static final Database APP = Database.asApp("customer");

    private final String phone = Feed.newPhone();

    @Test
    void countersThatAreNoNewsTouchNothing() {
        customer(phone);
        count("default", phone, 7, 4);
        String written = lastWritten(phone);
        count("default", phone, 7, 9);
        count("default", phone, 6, 9);
        assertThat(lastWritten(phone)).isEqualTo(written);
        assertThat(bookings("default", phone)).isEqualTo(4);
    }

    @Test
    void twoNumbersOfOneCustomerAddUpWhenBothChangeAtOnce() {
        String other = Feed.newPhone();
        String survivor = customer(phone);
        given().contentType("application/json")
                .body(Map.of("into", survivor))
                .post("/api/customers/" + customer(other) + "/merge")
                .then()
                .statusCode(200);
        List<CompletableFuture<Void>> counts = IntStream.rangeClosed(1, 40)
                .mapToObj(i -> CompletableFuture.runAsync(() -> count("default", i % 2 == 0 ? phone : other, i, i)))
                .toList();
        counts.forEach(CompletableFuture::join);
        assertThat(bookings("default", phone)).isEqualTo(40 + 39);
    }

    @Test
    void aSignOfLifeIsSeenByItsClientOnly() {
        customer(phone);
        assertThat(encounter("acme", UUID.randomUUID(), 1, "Ann Lee")).isTrue();
        count("acme", phone, 1, 3);
        assertThat(names("default")).containsExactly("Ida");
        assertThat(names("acme")).containsExactly("Ann Lee");
        assertThat(bookings("default", phone)).isZero();
        assertThat(bookings("acme", phone)).isEqualTo(3);
        assertThat(DB.rows("select client_id from timeline where phone = ?", phone))
                .extracting(row -> row.get("client_id"))
                .containsExactly("acme");
    }

    @Test
    void onlyWhatIsNewsChangesTheCustomer() {
        UUID call = UUID.randomUUID();
        assertThat(encounter("default", call, 2, null)).as("created").isTrue();
        assertThat(encounter("default", call, 1, "Ann Lee")).as("older").isFalse();
        assertThat(encounter("default", call, 2, "Ann Lee")).as("again").isFalse();
        assertThat(names("default")).containsExactly("");
        assertThat(encounter("default", call, 3, "Ann Lee")).as("taught").isTrue();
        assertThat(encounter("default", UUID.randomUUID(), 1, "Anna"))
                .as("known")
                .isFalse();
        assertThat(names("default")).containsExactly("Ann Lee");
        assertThat(DB.value("select version from customers where phone = ?", phone))
                .isEqualTo(2L);
    }

    @Test
    void theClientIsForgottenWithTheStatement() throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://" + Infrastructure.postgresAddress() + "/customer",
                        "customer_app",
                        "customer_app");
                Statement statement = connection.createStatement()) {
            statement.execute("select note_counters('default', '%s', 1, 1, 1, now(), 1)".formatted(phone));
            try (ResultSet rows = statement.executeQuery("select count(*) from phone_counters")) {
                rows.next();
                assertThat(rows.getLong(1)).isZero();
            }
        }
        assertThat(DB.count("select count(*) from phone_counters where phone = ?", phone))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-08T15:04:05Z",
                "2026-03-08T15:04:05.120Z",
                "2026-03-08T15:04:05.000120Z",
                "2026-03-08T15:04:00.123456Z"
            })
    void theDatabaseWritesTheEventThatJavaWrites(String moment) {
        Instant at = Instant.parse(moment);
        CustomerSnapshot full = new CustomerSnapshot(
                UUID.randomUUID(),
                7,
                "Ann \"A\" Lée",
                phone,
                "ann@example.com",
                "12 Main St",
                List.of("vip", "late"),
                UUID.randomUUID(),
                at);
        CustomerSnapshot bare = new CustomerSnapshot(UUID.randomUUID(), 1, "", phone, null, null, List.of(), null, at);
        assertThat(List.of(full, bare)).allSatisfy(customer -> {
            String java = Events.write(new CustomerEvent.Updated(at, customer));
            assertThat(DB.value("""
                            select cast(customer_event(jsonb_populate_record(null::customers, cast(? as jsonb)),
                                                       cast(? as timestamptz)) as text)
                            """, java, moment)).isEqualTo(DB.value("select cast(cast(? as jsonb) as text)", java));
        });
    }

    private static void count(String client, String phone, long version, int bookings) {
        APP.rows("select note_counters(?, ?, ?, ?, 0, now(), 0)", client, phone, version, bookings);
    }

    private boolean encounter(String client, UUID call, long version, String name) {
        return (boolean) APP.value("""
                select note_encounter(?, 'call', ?, ?, ?, now(), 'Inbound call', now(), false,
                                      cast(? as text), ?, null, null, true, now(), null)
                """, client, call, version, phone, name, name == null ? "none" : "call");
    }

    private List<Object> names(String client) {
        return APP.client(client).rows("select name from customers where phone = ?", phone).stream()
                .map(row -> row.get("name"))
                .toList();
    }

    private static int bookings(String client, String phone) {
        return (int) APP.client(client).value("select total_bookings from customers where phone = ?", phone);
    }

    /** The transaction that wrote the customer last. */
    private static String lastWritten(String phone) {
        return (String) DB.value("select xmin::text from customers where phone = ?", phone);
    }

    private static String customer(String phone) {
        return given().contentType("application/json")
                .body(Map.of("name", "Ida", "phone", phone))
                .post("/api/customers")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }
}
