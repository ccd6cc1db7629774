package dev.frontdesk.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frontdesk.local.Service;
import dev.frontdesk.local.Settings;
import dev.frontdesk.local.TestPlatform;
import dev.frontdesk.simulator.Sid;
import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A person is forgotten by all five services, and stays so when Kafka hands everything out again. */
class ErasureIT {
    private static final List<String> TOPICS =
            List.of("bookings", "calls", "sms-messages", "customers", "customer-counters", "faqs", "system-prompts");
    /** Every column that can hold a text, whatever it is called. */
    private static final String TEXT_COLUMNS = """
            select c.table_name::text as table, c.column_name::text as column, c.data_type::text as type
            from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
            where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
              and c.data_type in ('text', 'character varying', 'character', 'json', 'jsonb', 'ARRAY', 'bytea', 'USER-DEFINED')
            """;

    private final Settings settings = TestPlatform.running().settings();
    private final Stage stage = new Stage(settings, "default", System.nanoTime(), 2);
    private final String surname = "Quill" + Long.toString(System.nanoTime() % 100_000_000, 36);
    private final Person person = new Person(
            "Zebedee " + surname, "+1415" + ThreadLocalRandom.current().nextInt(2_000_000, 9_999_999));
    private final String national = "(%s) %s-%s"
            .formatted(
                    person.phone().substring(2, 5),
                    person.phone().substring(5, 8),
                    person.phone().substring(8));

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void anErasedPersonIsInNoTextColumnOfAnyDatabaseAlsoAfterAReplayOfEveryTopic() {
        Rest.of(settings);
        live();
        Rest.of(settings);
        assertThat(traces())
                .as("where a person is known")
                .contains(
                        "booking.bookings",
                        "call.calls",
                        "sms.sms_messages",
                        "customer.customers",
                        "analytics.facts",
                        "analytics.dead_letters");
        List<Map<String, Object>> totals = database(Service.ANALYTICS).rows(Totals.PER_DAY);
        String customer =
                stage.office.listOf("/api/customers", person).get(0).get("id").asText();
        Wire.Answer asked = stage.office.post("/api/customers/%s/erasure".formatted(customer), Map.of());
        assertThat(asked.status()).isEqualTo(202);
        String receipt = "/api/customers/erasures/" + asked.json().get("id").asText();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(stage.office.get(receipt).get("status").asText())
                                .isEqualTo("done"));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(traces()).isEmpty());

        for (String name : TOPICS) {
            Topic topic = Topic.at(settings.bootstrapServers(), "frontdesk." + name);
            topic.sendAgain(topic.messages());
        }
        Rest.of(settings);
        assertThat(traces()).as("after a replay").isEmpty();
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(database(Service.ANALYTICS).rows(Totals.PER_DAY)).isEqualTo(totals);
            Totals.requireThatCostsAddUp();
        });
        assertThat(stage.office.get("/api/customers/" + customer).get("name").asText())
                .isEqualTo("erased");
    }

    /** Calls, texts, books, and is spoken of wherever staff, callers and programs can write. */
    private void live() {
        PhoneCall call = PhoneCall.of(PhoneCall.Kind.BOOKED, stage.random, person);
        stage.deliveries(call).forEach(stage.traffic::send);
        String said = "I am %s, call me at %s or %s.".formatted(person.name(), person.phone(), national);
        stage.traffic.send(
                stage.vapi.toolCall(call, "call_" + UUID.randomUUID(), "lookup_faq", Map.of("question", said)));
        stage.traffic.send(stage.twilio.incomingText(Sid.next("SM"), person, said));
        String slot = stage.office
                .list("/api/availability?service_type=regular")
                .get(0)
                .get("slot_id")
                .asText();
        stage.traffic.send(stage.vapi.toolCall(
                call,
                "call_" + UUID.randomUUID(),
                "create_booking",
                Map.of("customer_name", person.name(), "service_type", "regular", "slot_id", slot, "notes", said)));
        JsonNode booking = accepted(stage.office.post(
                "/api/bookings",
                Map.of(
                        "customer_name",
                        person.name(),
                        "customer_phone",
                        national,
                        "service_type",
                        "regular",
                        "slot_id",
                        stage.office
                                .list("/api/availability?service_type=regular")
                                .get(1)
                                .get("slot_id")
                                .asText(),
                        "notes",
                        said,
                        "title",
                        person.name(),
                        "pickup_address",
                        person.name() + ", 1 Main St")));
        accepted(stage.office.post(
                "/api/bookings/%s/cancellation".formatted(booking.get("id").asText()), Map.of("reason", said)));
        accepted(stage.office.post(
                "/api/sms/messages", Map.of("phone_number", person.phone(), "message_body", "Dear " + person.name())));
        // What nobody can read is kept for people to look at.
        Topic.at(settings.bootstrapServers(), "frontdesk.bookings")
                .send(
                        booking.get("id").asText(),
                        "{\"customer_name\": \"%s\", \"notes\": \"%s\", oops".formatted(person.name(), said),
                        Map.of(
                                "ce_type",
                                "booking.updated.v1",
                                "ce_clientid",
                                "default",
                                "ce_id",
                                UUID.randomUUID().toString(),
                                "ce_time",
                                Instant.now().toString()));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !stage.office.listOf("/api/customers", person).isEmpty());
    }

    private static JsonNode accepted(Wire.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
        return answer.json();
    }

    /** {@code database.table} of every text that holds the number in any spelling, or the name. */
    private List<String> traces() {
        List<String> traces = new ArrayList<>();
        for (Service service : Service.values()) {
            Database database = database(service);
            database.rows(TEXT_COLUMNS).stream()
                    .collect(Collectors.groupingBy(
                            row -> (String) row.get("table"),
                            Collectors.mapping(ErasureIT::text, Collectors.joining(", "))))
                    .forEach((table, texts) -> {
                        if (isNamedIn(database, table, texts)) {
                            traces.add(service.database() + "." + table);
                        }
                    });
        }
        return traces;
    }

    private boolean isNamedIn(Database database, String table, String texts) {
        return database.count(
                        """
                        select count(*) from (select concat_ws(' ', %s) as said from "%s") texts
                        where strpos(lower(said), lower(?)) > 0 or strpos(said, ?) > 0 or strpos(said, ?) > 0
                        """.formatted(texts, table), surname, person.phone().substring(2), national)
                > 0;
    }

    private static String text(Map<String, Object> column) {
        String quoted = "\"" + column.get("column") + "\"";
        return column.get("type").equals("bytea") ? "encode(%s, 'escape')".formatted(quoted) : quoted + "::text";
    }

    private static Database database(Service service) {
        return Database.at(TestPlatform.postgresAddress(), service.database(), "postgres");
    }
}
