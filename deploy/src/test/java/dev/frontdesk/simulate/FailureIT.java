package dev.frontdesk.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.frontdesk.local.Platform;
import dev.frontdesk.local.Service;
import dev.frontdesk.local.Settings;
import dev.frontdesk.local.TestPlatform;
import dev.frontdesk.simulator.Sid;
import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Topic;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same when something breaks on the way: nothing acknowledged is lost, nothing counts twice. */
class FailureIT {
    private final Platform platform = TestPlatform.running();
    private final Settings settings = platform.settings();
    private final Stage stage = new Stage(settings, "default", System.nanoTime(), 8);

    @BeforeEach
    void rest() {
        Rest.of(settings);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void aRelayKilledBetweenPublishingAndDeletingPublishesAgainAndNothingCountsTwice() throws SQLException {
        Person person = Newcomer.to(stage);
        Books books = stage.books();
        books.open(List.of(person));
        Database sms = Database.at(TestPlatform.postgresAddress(), "sms", "postgres");
        try (Connection connection = DriverManager.getConnection(
                "jdbc:postgresql://%s/sms".formatted(TestPlatform.postgresAddress()), "postgres", "postgres")) {
            connection.setAutoCommit(false);
            execute(connection, "select pg_advisory_xact_lock(20)");
            // Rows can be read and published, but not deleted before the lock is gone.
            sms.run("create function held() returns trigger language plpgsql as"
                    + " 'begin perform pg_advisory_xact_lock_shared(20); return null; end'");
            sms.run("create trigger held before delete on outbox execute function held()");
            texts(books, person, 20);
            await().atMost(Duration.ofSeconds(30)).until(() -> !textsOf(person).isEmpty());
            platform.kill(Service.SMS);
            // Otherwise its backend, not knowing yet, would delete as soon as it may.
            sms.rows("select pg_terminate_backend(pid) from pg_stat_activity where usename like 'sms_%'");
            connection.rollback();
        } finally {
            sms.run("drop function held() cascade");
        }
        platform.start(Service.SMS);
        assertThat(books.balance()).isTrue();
        assertThat(deliveriesPerEvent(person))
                .anySatisfy(times -> assertThat(times).isGreaterThan(1));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void texts(Books books, Person person, int times) {
        for (int i = 0; i < times; i++) {
            books.addText(person);
            Delivery text = stage.twilio.incomingText(Sid.next("SM"), person, "Is my order ready? (%d)".formatted(i));
            assertThat(stage.traffic.send(text).status()).isEqualTo(200);
        }
    }

    private List<Topic.Message> textsOf(Person person) {
        return Topic.at(settings.bootstrapServers(), "frontdesk.sms-messages").messages().stream()
                .filter(message -> message.value().contains(person.phone()))
                .filter(message -> message.headers().get("ce_type").equals("sms.received.v1"))
                .toList();
    }

    private List<Long> deliveriesPerEvent(Person person) {
        return List.copyOf(textsOf(person).stream()
                .collect(Collectors.groupingBy(message -> message.headers().get("ce_id"), Collectors.counting()))
                .values());
    }

    @Test
    void whileTheBrokerIsAwayForTenSecondsWebhooksAreTakenAndTheAgentIsBriefedAndAllCountsAfterwards() {
        try (Stage hairdresser = new Stage(settings, "acme", System.nanoTime(), 8)) {
            String words = words(briefing(hairdresser));
            assertThat(words).isNotBlank();
            platform.stopKafka();
            CompletableFuture<Boolean> load = CompletableFuture.supplyAsync(
                    () -> Simulate.play(settings, "load", "--rate", "5", "--seconds", "10", "--seed", "5"));
            try {
                for (int i = 0; i < 5; i++) {
                    Wire.Answer briefing = briefing(hairdresser);
                    assertThat(words(briefing)).isEqualTo(words);
                    assertThat(briefing.took()).isLessThan(Duration.ofSeconds(1));
                }
                Database calls = Database.at(TestPlatform.postgresAddress(), "call", "postgres");
                await().atMost(Duration.ofSeconds(60)).until(() -> calls.count("select count(*) from outbox") >= 20);
            } finally {
                platform.startKafka();
            }
            assertThat(load.join()).isTrue();
        }
    }

    private static Wire.Answer briefing(Stage office) {
        PhoneCall call = PhoneCall.of(PhoneCall.Kind.ANSWERED, office.random, office.person());
        return office.traffic.send(office.vapi.assistantRequest(call));
    }

    /** What the agent is told at the beginning of a call. */
    private static String words(Wire.Answer briefing) {
        return briefing.json().at("/assistant/model/messages/0/content").asText();
    }

    @Test
    void whatCannotBeReadGoesToTheDeadLettersWithItsReasonAndTheRestFlows() {
        String mark = UUID.randomUUID().toString();
        Topic topic = Topic.at(settings.bootstrapServers(), "frontdesk.calls");
        Map<String, String> headers = Map.of(
                "ce_id",
                mark,
                "ce_source",
                "test",
                "ce_specversion",
                "1.0",
                "ce_type",
                "call.ended.v1",
                "ce_clientid",
                "default");
        topic.send(mark, "{ this is no JSON", headers);
        topic.send(mark, "{\"id\": 7}", headers);
        topic.send(mark, "{}", with(headers, "ce_type", "call.exploded.v1"));
        topic.send(mark, "{}", with(headers, "ce_type", "call.ended.v99"));
        topic.send(mark, "{}", with(headers, "ce_clientid", "nobody"));
        topic.send(mark, "{}", Map.of());
        topic.send(mark, (String) null, headers);
        topic.send(mark, "x".repeat(900_000), headers);
        int poison = 8;

        PhoneCall call = PhoneCall.of(PhoneCall.Kind.ANSWERED, stage.random, stage.person());
        Books books = stage.books();
        books.open(List.of(call.person()));
        books.add(call);
        stage.deliveries(call).forEach(stage.traffic::send);
        assertThat(books.balance()).isTrue();
        for (String consumer : List.of("analytics-service", "customer-service")) {
            Topic letters = Topic.at(settings.bootstrapServers(), "frontdesk.calls." + consumer + ".dlq");
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() ->
                            assertThat(letters.messages(mark)).as(consumer).hasSize(poison));
            assertThat(letters.messages(mark))
                    .allSatisfy(letter -> assertThat(letter.headers().get("dead-letter-reason"))
                            .isNotBlank());
        }
    }

    private static Map<String, String> with(Map<String, String> headers, String name, String value) {
        Map<String, String> changed = new HashMap<>(headers);
        changed.put(name, value);
        return changed;
    }

    @Test
    void aThousandClientsThatHangUpLeaveTheServiceAsItWas() throws IOException {
        Person person = Newcomer.to(stage);
        Books books = stage.books();
        books.open(List.of(person));
        // With their answers fewer than a number gets in an hour.
        texts(books, person, 20);
        for (int i = 0; i < 1000; i++) {
            hangUp(stage.twilio.incomingText("SM" + "0".repeat(32), stage.person(), "I will not wait"), i % 2 == 0);
        }
        texts(books, person, 60);
        Database database = Database.at(TestPlatform.postgresAddress(), "sms", "postgres");
        String connections = "select count(*) from pg_stat_activity where usename = 'sms_app'";
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(database.count(connections + " and state like 'idle in transaction%'"))
                        .isZero());
        // Ten in the pool, the relay's own and the health check's.
        assertThat(database.count(connections)).isLessThanOrEqualTo(12);
        assertThat(stage.traffic.refused()).isEmpty();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(stage.office
                                .listOf("/api/sms/conversations", person)
                                .get(0)
                                .get("message_count")
                                .asInt())
                        .isEqualTo(80 + stage.carrier.textsTo(person).size()));
    }

    /** Sends the request, or half of it, and is gone, without waiting for an answer. */
    private void hangUp(Delivery delivery, boolean halfway) throws IOException {
        byte[] body = delivery.body().getBytes(StandardCharsets.UTF_8);
        String head = "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n%s\r\n\r\n"
                .formatted(
                        delivery.path(),
                        body.length,
                        delivery.headers().entrySet().stream()
                                .map(header -> header.getKey() + ": " + header.getValue())
                                .collect(Collectors.joining("\r\n")));
        int port = settings.services().get(Service.SMS);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoLinger(true, 0);
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.UTF_8));
            out.write(body, 0, halfway ? body.length / 2 : body.length);
            out.flush();
        }
    }
}
