package dev.frontdesk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The ground every other test stands on. */
class InfrastructureIT {
    private final Map<String, String> settings = new Infrastructure().start();

    @Test
    void postgresIsVersion18() {
        assertThat((String) Database.asSuperuser("booking").value("show server_version"))
                .startsWith("18");
    }

    @Test
    void everyDatabaseBelongsToItsOwnerRole() {
        for (String database : Postgres.DATABASES) {
            assertThat(
                            Database.asSuperuser(database)
                                    .value(
                                            "select pg_get_userbyid(datdba) from pg_database where datname = current_database()"))
                    .isEqualTo(database + "_owner");
        }
    }

    @Test
    void anAppRoleIsNeitherOwnerNorAboveRowLevelSecurity() {
        for (String database : Postgres.DATABASES) {
            assertThat(
                            Database.asApp(database)
                                    .rows(
                                            "select rolsuper, rolbypassrls, rolcreatedb from pg_roles where rolname = current_user"))
                    .containsExactly(Map.of("rolsuper", false, "rolbypassrls", false, "rolcreatedb", false));
        }
    }

    @Test
    void anAppRoleCannotReachTheDatabaseOfAnotherService() {
        Database foreign = Database.at(Infrastructure.postgresAddress(), "call", "booking_app");
        assertThatThrownBy(() -> foreign.value("select 1")).hasMessageContaining("permission denied");
    }

    @Test
    void anOwnerMayCreateTheExtensionsTheMigrationsNeed() {
        for (String extension : List.of("btree_gist", "pg_trgm")) {
            Database.asOwner("booking").run("create extension if not exists " + extension);
        }
    }

    @Test
    void aBoundClientIsSeenInsideTheTransaction() {
        assertThat(Database.asApp("sms").client("acme").value("select current_setting('app.client_id', true)"))
                .isEqualTo("acme");
    }

    @Test
    void aRecordComesBackWithKeyValueAndHeaders() {
        String key = UUID.randomUUID().toString();
        Topic topic = Topic.named("frontdesk.bookings.sms-service.dlq");
        topic.send(key, "{}", Map.of("ce_type", "booking.created.v1"));
        assertThat(topic.messages(key)).singleElement().satisfies(message -> {
            assertThat(message.value()).isEqualTo("{}");
            assertThat(message.headers()).containsEntry("ce_type", "booking.created.v1");
        });
    }

    @Test
    void everyDeadLetterTopicBelongsToATopic() {
        List<String> names = Topics.all().stream().map(topic -> topic.name()).toList();
        assertThat(names)
                .contains(
                        "frontdesk.calls", "frontdesk.calls.analytics-service.dlq", "frontdesk.faqs.call-service.dlq");
        assertThat(names.stream().filter(name -> name.endsWith(".dlq")))
                .allMatch(name -> names.contains(name.replaceFirst("\\.[a-z]+-service\\.dlq$", "")));
    }

    @Test
    void aSecondStartUsesTheSameServers() {
        assertThat(new Infrastructure().start()).isEqualTo(settings);
    }
}
