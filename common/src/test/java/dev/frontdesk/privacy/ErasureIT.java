package dev.frontdesk.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.events.BookingEvent;
import dev.frontdesk.events.CustomerEvent;
import dev.frontdesk.events.Events;
import dev.frontdesk.messaging.Received;
import dev.frontdesk.testing.CommonProfile;
import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Infrastructure;
import dev.frontdesk.testing.Inside;
import dev.frontdesk.testing.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(CommonProfile.class)
@QuarkusTestResource(Infrastructure.class)
class ErasureIT {

    private static final Database DB = Database.asSuperuser("call");

    @Inject
    Pseudonyms pseudonyms;

    @Inject
    ErasedPeople people;

    private final String phone = "+1415" + ThreadLocalRandom.current().nextInt(1_000_000, 9_999_999);
    private final UUID erasure = UUID.randomUUID();

    @BeforeAll
    static void aTableOfPeople() {
        DB.run("create table if not exists diary (client_id text, phone text, created_at timestamptz default now())");
        if (DB.count("select count(*) from pg_policies where tablename = 'diary'") == 0) {
            DB.run("call enforce_tenancy('diary')");
        }
        DB.run("grant all on diary to call_app");
    }

    @Test
    void aPersonIsForgottenOnceAndTheServiceSaysSo() {
        DB.run("insert into diary values ('default', ?), ('default', ?)", phone, phone);
        DB.run("""
                insert into idempotency_keys (client_id, key, request_hash, status, headers, body)
                values ('default', ?, 'h', 201, cast(? as jsonb), cast(? as jsonb))
                """, phone, location(phone.replace("+", "%2B")), "{\"name\": \"Ann\", \"phone\": \"" + phone + "\"}");
        DB.run("""
                insert into idempotency_keys (client_id, key, request_hash, status, headers)
                values ('default', ?, 'h', 204, cast(? as jsonb))
                """, "plain" + erasure, location(phone));
        CustomerEvent.Erased request = request();
        send(request);
        send(request);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(done()).hasSize(1));
        assertThat(done().get(0).value()).contains("\"rows\": 4");
        assertThat(DB.count("select count(*) from diary where phone = ?", phone))
                .isZero();
        assertThat(DB.count("select count(*) from diary where phone = ?", request.pseudonym()))
                .isEqualTo(2);
        assertThat(DB.value("select body::text from idempotency_keys where key = ?", phone))
                .asString()
                .contains("erased")
                .doesNotContain("Ann", phone);
        assertThat(DB.rows(
                        "select headers ->> 'Location' as at from idempotency_keys where key in (?, ?)",
                        phone,
                        "plain" + erasure))
                .hasSize(2)
                .allMatch(row -> row.get("at").equals("/api/people/" + request.pseudonym()));
        assertThat(DB.count("select count(*) from erased_people where phone = ?", phone))
                .isZero();
    }

    private static String location(String person) {
        return "{\"Location\": \"/api/people/" + person + "\"}";
    }

    @Test
    void anOldEventArrivesWithoutThePersonAndANewOneWithThem() throws IOException {
        Instant now = Instant.now();
        send(request());
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            BookingEvent old = cleansed(booking(now.minusSeconds(3600)));
            assertThat(old.booking().customerPhone()).isEqualTo(pseudonyms.of("default", phone));
            assertThat(old.booking().customerName()).isEqualTo("erased");
            assertThat(old.booking().customerEmail()).isNull();
            assertThat(old.booking().reference()).isEqualTo("K7M2QX");
        });
        BookingEvent fresh = cleansed(booking(now.plusSeconds(3600)));
        assertThat(fresh.booking().customerPhone()).isEqualTo(phone);
        assertThat(fresh.booking().customerName()).isEqualTo("Maria Lopez");
    }

    private BookingEvent cleansed(BookingEvent event) {
        Received received = new Received("default", "1", null, event);
        return (BookingEvent) Inside.aRequest(() -> people.cleanse(received)).event();
    }

    private CustomerEvent.Erased request() {
        return new CustomerEvent.Erased(
                Instant.now(), UUID.randomUUID(), erasure, phone, pseudonyms.of("default", phone));
    }

    private void send(CustomerEvent.Erased request) {
        Topic.named("frontdesk.customers")
                .send(
                        request.aggregateId(),
                        Events.write(request),
                        Map.of("ce_type", request.type(), "ce_clientid", "default", "ce_id", erasure.toString()));
    }

    private List<Topic.Message> done() {
        return Topic.named("frontdesk.customers").messages(erasure.toString());
    }

    private BookingEvent booking(Instant createdAt) throws IOException {
        try (InputStream golden = ErasureIT.class.getResourceAsStream("/events/booking.confirmed.v1.json")) {
            String json = new String(golden.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceFirst("\"created_at\": \"[^\"]*\"", "\"created_at\": \"" + createdAt + "\"")
                    .replaceFirst("\"customer_phone\": \"[^\"]*\"", "\"customer_phone\": \"" + phone + "\"");
            return (BookingEvent) Events.read("booking.confirmed.v1", json.getBytes(StandardCharsets.UTF_8));
        }
    }
}
