package dev.frontdesk.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * While a version is rolled out the one before it runs on the new schema, so a migration since the first release only
 * adds. What nothing reads any more goes in one that says so by its name: {@code V15__contract_old_column.sql}.
 */
class MigrationsTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    /** The last migrations of the first release. What came up to there has no version before it. */
    private static final Map<String, String> FIRST_RELEASE = Map.of(
            "common/src/main/resources/db/common", "4.1",
            "booking-service/src/main/resources/db/migration", "7",
            "call-service/src/main/resources/db/migration", "6",
            "sms-service/src/main/resources/db/migration", "11",
            "customer-service/src/main/resources/db/migration", "14",
            "analytics-service/src/main/resources/db/migration", "8");

    private static final Pattern NAME = Pattern.compile("V([0-9]+(?:_[0-9]+)?)__([a-z0-9_]+)\\.sql");

    /** Each takes away, or asks more of, something that the version before uses. */
    private static final List<Pattern> TAKES_AWAY = List.of(
            statement("drop (table|column|view|materialized view|type|schema|sequence|function) "),
            // "drop column" without the word column.
            statement("alter table [^;]*? drop (?!constraint|column|not|default|expression|identity)"),
            statement("rename (to|column|constraint|[a-z_]+ to)"),
            statement("alter (column )?[a-z_]+ (set data )?type"),
            statement("set not null"),
            statement("drop default"),
            statement("truncate"),
            statement("add (column )?(if not exists )?[a-z_]+ (?=[^,;]*not null)(?![^,;]*(default|generated))"),
            // Rows that the version before writes may break it.
            statement("alter table [^;]*? add (constraint [a-z_]+ )?(check|unique|exclude|foreign key)"),
            statement("create unique index [^;]*? on"));

    private static final Pattern NEW_TABLE = Pattern.compile("create table (?:if not exists )?([a-z_]+)");

    private static Pattern statement(String words) {
        return Pattern.compile("\\b" + words);
    }

    @Test
    void aMigrationSinceTheFirstReleaseOnlyAdds() throws IOException {
        List<String> wrongs = new ArrayList<>();
        int before = 0;
        for (Map.Entry<String, String> folder : FIRST_RELEASE.entrySet()) {
            for (Path file : files(ROOT.resolve(folder.getKey()))) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                assertThat(name.matches()).as(file.toString()).isTrue();
                if (version(name.group(1)).compareTo(version(folder.getValue())) <= 0) {
                    before++;
                } else if (!name.group(2).startsWith("contract_")) {
                    takenAway(Files.readString(file)).forEach(it -> wrongs.add(ROOT.relativize(file) + ": " + it));
                }
            }
        }
        assertThat(before).isGreaterThan(FIRST_RELEASE.size());
        assertThat(wrongs).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop table old_things;",
                "alter table calls drop column summary;",
                "alter table calls add column price numeric(12, 6) not null;",
                "alter table calls drop summary;",
                "alter table calls\n    rename column summary to gist;",
                "alter table calls rename to phone_calls;",
                "alter table calls alter column duration type bigint;",
                "alter table calls alter column summary set not null;",
                "alter table calls add column mood text not null;",
                "alter table calls add column mood text not null, add column tone text default 'x';",
                "alter table calls alter column status drop default;",
                "alter table calls add constraint short check (duration < 9000);",
                "create unique index one_each on calls (client_id, summary);",
                "truncate calls;"
            })
    void whatTakesAwayIsFound(String sql) {
        assertThat(takenAway("create table other (id uuid);\n" + sql)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table moods (id uuid primary key, name text not null unique);",
                "alter table calls add column mood text;",
                "alter table calls add column mood text not null default 'plain';",
                "alter table calls add column seconds int generated always as (duration) stored not null;",
                "create table moods (id uuid); create unique index one_mood on moods (id) where id is not null;",
                "create index concurrently calls_by_mood on calls (mood);",
                "drop index calls_by_mood;",
                "alter table calls alter column summary drop not null;",
                "-- drop table calls; rename to nothing\nselect 1;",
                "alter table calls drop constraint calls_status_check;"
            })
    void whatAddsOrAsksLessIsNot(String sql) {
        assertThat(takenAway(sql)).isEmpty();
    }

    private static List<String> takenAway(String sql) {
        String plain = sql.replaceAll("--[^\n]*", " ")
                .toLowerCase()
                // numeric(12, 6): a comma that separates nothing.
                .replaceAll("\\([0-9, ]*\\)", "")
                .replaceAll("\\s+", " ");
        List<String> created =
                NEW_TABLE.matcher(plain).results().map(it -> it.group(1)).toList();
        return Stream.of(plain.split(";"))
                .filter(statement -> created.stream().noneMatch(table -> isAbout(statement, table)))
                .flatMap(statement -> TAKES_AWAY.stream().map(pattern -> pattern.matcher(statement)))
                .filter(Matcher::find)
                .map(Matcher::group)
                .toList();
    }

    /** The version before does not know a new table. */
    private static boolean isAbout(String statement, String table) {
        return Pattern.compile("(alter table|create unique index .* on) " + table + "\\b")
                .matcher(statement)
                .find();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(it -> it.getFileName().toString().startsWith("V"))
                    .toList();
        }
    }

    private static BigDecimal version(String name) {
        return new BigDecimal(name.replace('_', '.'));
    }
}
