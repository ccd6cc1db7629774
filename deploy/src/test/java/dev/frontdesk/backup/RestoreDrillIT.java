package dev.frontdesk.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frontdesk.testing.Database;
import dev.frontdesk.testing.Postgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases with rows of every kind of text are dumped and put back into an empty server: row for row, or not at all. */
class RestoreDrillIT {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    @TempDir
    static Path folder;

    private static Postgres here;
    private static Postgres there;
    private static Server source;
    private static Server target;
    private static Dump dump;

    @BeforeAll
    static void dumpAndMakeAnEmptyServer() throws Exception {
        here = Postgres.throwAway();
        there = Postgres.throwAway();
        source = new Server(here.host() + ":" + here.port(), "postgres", "postgres");
        target = new Server(there.host() + ":" + there.port(), "postgres", "postgres");
        for (String database : Postgres.DATABASES) {
            migrate(source, database);
            migrate(target, database);
        }
        Database.at(source.address(), "customer", "postgres")
                .run(
                        "insert into customers (client_id, name, phone) values ('default', 'Ünïcode \\ tab\tline\n', '+14155550100')");
        Database.at(source.address(), "booking", "postgres").run("""
                insert into bookings (client_id, customer_name, customer_phone, service_type, appointment_date, appointment_time)
                values ('default', 'Ann', '+14155550100', 'cut', '2026-03-03', '10:00 AM')
                """);
        dump = Dump.write(source, folder.resolve("dump"));
    }

    @AfterAll
    static void stop() {
        for (Postgres server : new Postgres[] {here, there}) {
            if (server != null) {
                server.close();
            }
        }
    }

    /** As a service does when it starts. */
    private static void migrate(Server server, String database) {
        Flyway.configure()
                .dataSource(
                        "jdbc:postgresql://" + server.address() + "/" + database,
                        database + "_owner",
                        database + "_owner")
                .locations(
                        "filesystem:" + ROOT.resolve("common/src/main/resources/db/common"),
                        "filesystem:" + ROOT.resolve("common/src/main/resources/db/knowledge"),
                        "filesystem:" + ROOT.resolve(database + "-service/src/main/resources/db/migration"))
                .placeholders(Map.of("app_role", database + "_app", "development_policy", "off"))
                .load()
                .migrate();
    }

    @Test
    void everyRowIsBackAndNothingIsRestoredOverRows() throws Exception {
        Restore restore = Restore.of(Dump.read(folder.resolve("dump")), target);
        // Demo data of the migrations' repeatable parts, if any, would be in the way: a restore says so and changes
        // nothing.
        Dump restored = restore.run(false);
        assertThat(restored.summary()).hasSize(5).allMatch(line -> line.contains(" rows, schema "));
        for (String database : Postgres.DATABASES) {
            Database there = Database.at(target.address(), database, "postgres");
            for (Table.Copied table : dump.contents().databases().get(database).tables()) {
                assertThat(there.count("select count(*) from " + table.table()))
                        .as(table.table())
                        .isEqualTo(table.rows());
            }
        }
        assertThat(Database.at(target.address(), "customer", "postgres")
                        .count("select count(*) from customers where name = 'Ünïcode \\ tab\tline\n'"))
                .isEqualTo(1);
        assertThatThrownBy(() -> restore.run(false)).hasMessageContaining("--replace empties every table first");
        restore.run(true);
    }

    @Test
    void whatIsOldAndFinishedGoesIntoFilesAndNothingElse() throws Exception {
        Database texts = Database.at(source.address(), "sms", "postgres");
        String insert = """
                insert into sms_messages (client_id, phone_number, message_body, direction, status, created_at)
                values ('default', '+14155550100', 'long ago', 'inbound', ?, '2020-02-03')
                """;
        texts.run(insert, "received");
        texts.run(insert, "queued");
        long all = texts.count("select count(*) from sms_messages");
        assertThat(new Archive(source, folder.resolve("archive"), LocalDate.of(2021, 1, 1)).run())
                .anyMatch(line -> line.matches("sms +sms_messages +1 rows archived.*"))
                .anyMatch(line -> line.matches("call +calls +0 rows archived.*"));
        assertThat(texts.count("select count(*) from sms_messages")).isEqualTo(all - 1);
        try (var file = new GZIPInputStream(Files.newInputStream(folder.resolve("archive/sms/sms_messages.copy.gz")))) {
            assertThat(new String(file.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("long ago")
                    .hasLineCount(1);
        }
        texts.run("delete from sms_messages where created_at < '2021-01-01'");
    }

    @Test
    void aDamagedDumpIsNotRestored() throws IOException {
        Path copy = Files.createDirectories(folder.resolve("damaged"));
        Files.copy(folder.resolve("dump/dump.json"), copy.resolve("dump.json"));
        for (var database : dump.contents().databases().entrySet()) {
            Files.createDirectories(copy.resolve(database.getKey()));
            for (Table.Copied table : database.getValue().tables()) {
                Files.copy(
                        dump.file(database.getKey(), table.table()),
                        copy.resolve(database.getKey()).resolve(table.table() + ".copy.gz"));
            }
        }
        Dump.read(copy);
        Files.copy(
                dump.file("booking", "outbox"),
                copy.resolve("customer/customers.copy.gz"),
                StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> Dump.read(copy)).hasMessageContaining("customers of customer is damaged");
        Files.delete(copy.resolve("dump.json"));
        assertThatThrownBy(() -> Dump.read(copy)).hasMessageContaining("no complete dump");
    }
}
