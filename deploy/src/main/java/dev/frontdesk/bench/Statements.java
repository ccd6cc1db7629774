package dev.frontdesk.bench;

import dev.frontdesk.testing.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** What a service really asks of PostgreSQL: how often by {@code pg_stat_statements}, with which arguments by the log. */
final class Statements {

    private static final int LOG_USER = 1;
    private static final int LOG_SESSION = 5;
    private static final int LOG_MESSAGE = 13;
    private static final int LOG_DETAIL = 14;
    /** As the log writes it: by the extended protocol, or by the simple one. */
    private static final Pattern RUN =
            Pattern.compile("duration: \\S+ ms  (?:execute [^:]*|statement): (.*)", Pattern.DOTALL);

    private static final Pattern ARGUMENT = Pattern.compile("\\$(\\d+) = (NULL|'(?:[^']++|'')*+')");
    private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+)");

    private final String address;
    private final String name;
    private final Database database;
    private final String role;
    private final Path logs;

    Statements(String address, String name, Path postgresData) {
        this.address = address;
        this.name = name;
        database = Database.at(address, name, "postgres");
        role = name + "_app";
        logs = postgresData.resolve("log");
        database.run("create extension if not exists pg_stat_statements");
    }

    /** Server settings without which nothing can be seen; they need a restart. */
    static void prepare(String address, boolean detailed) {
        server(
                address,
                "alter system set shared_preload_libraries = 'pg_stat_statements'",
                // As in the cluster (deploy/README, Vacuum).
                "alter system set autovacuum_naptime = '10s'",
                "alter system set pg_stat_statements.track = '%s'".formatted(detailed ? "all" : "top"),
                "alter system set logging_collector = on",
                "alter system set log_destination = 'csvlog'");
    }

    /** Not through Database: alter system refuses to run in a transaction. */
    private static void server(String address, String... commands) {
        try (Connection server = DriverManager.getConnection(
                        "jdbc:postgresql://" + address + "/postgres", "postgres", "postgres");
                Statement statement = server.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Forgets what was counted so far. */
    void reset() {
        database.rows("select pg_stat_statements_reset()");
    }

    /** Statements of the app role per request, but for the relay's own. */
    double perRequest(long requests) {
        return database.count("""
                        select coalesce(sum(calls), 0)::bigint from pg_stat_statements s join pg_roles r on r.oid = s.userid
                        where r.rolname = ? and dbid = (select oid from pg_database where datname = current_database())
                          and toplevel and query not ilike '%from outbox%'
                        """, role) / (double) requests;
    }

    /** The statements that took the server's time since {@link #reset}, the longest first, one a line. */
    List<String> longest() {
        return database.rows("""
                        select format('%9s calls %9s ms %s  %s', calls, round(total_exec_time), case when toplevel then '' else '  in a function' end,
                                      left(regexp_replace(query, '\\s+', ' ', 'g'), 120)) as line
                        from pg_stat_statements where dbid = (select oid from pg_database where datname = current_database())
                        order by total_exec_time desc limit 12
                        """).stream().map(row -> (String) row.get("line")).toList();
    }

    /**
     * Runs one request with the server's log open and answers what it led to: the statement with the most arguments in which
     * something has to be fresh, and the transaction it was part of, arguments filled in.
     *
     * @param request answers what has to be fresh
     */
    Script scriptOf(Supplier<List<Token>> request) {
        logEverything("set log_min_duration_statement = 0");
        List<Token> fresh = request.get();
        logEverything("reset log_min_duration_statement");
        List<CSVRecord> run = logged().stream()
                .filter(line -> role.equals(line.get(LOG_USER))
                        && RUN.matcher(line.get(LOG_MESSAGE)).matches())
                .toList();
        CSVRecord main = run.stream()
                .filter(line ->
                        fresh.stream().anyMatch(token -> line.get(LOG_DETAIL).contains(token.text())))
                .reduce((one, other) ->
                        other.get(LOG_DETAIL).length() > one.get(LOG_DETAIL).length() ? other : one)
                .orElseThrow(() -> new IllegalStateException("The log shows no statement of " + role));
        List<String> lines =
                transaction(run, main).stream().map(line -> filled(line, fresh)).toList();
        return new Script(lines, withTexts(main), arguments(main, fresh), fields(fresh));
    }

    /** From begin to commit, or the statement alone. */
    private static List<CSVRecord> transaction(List<CSVRecord> run, CSVRecord main) {
        List<CSVRecord> session = run.stream()
                .filter(line -> line.get(LOG_SESSION).equals(main.get(LOG_SESSION)))
                .toList();
        int at = session.indexOf(main);
        int begin = at;
        while (begin > 0 && !is(session.get(begin), "begin") && !is(session.get(begin), "commit")) {
            begin--;
        }
        if (!is(session.get(begin), "begin")) {
            return List.of(main);
        }
        int commit = at;
        while (!is(session.get(commit), "commit")) {
            commit++;
        }
        return session.subList(begin, commit + 1);
    }

    private static boolean is(CSVRecord line, String command) {
        return sql(line).equalsIgnoreCase(command);
    }

    private static String sql(CSVRecord line) {
        Matcher run = RUN.matcher(line.get(LOG_MESSAGE));
        return run.matches() ? run.group(1).trim() : "";
    }

    /** Sessions learn of it within moments, and the log is written with as small a delay. */
    private void logEverything(String setting) {
        server(address, "alter system " + setting, "select pg_reload_conf()", "select pg_sleep(0.5)");
    }

    private String filled(CSVRecord line, List<Token> fresh) {
        List<String> arguments = new ArrayList<>();
        Matcher each = ARGUMENT.matcher(line.get(LOG_DETAIL));
        List<String> types = parameterTypes(sql(line));
        while (each.find()) {
            arguments.add("cast(%s as %s)".formatted(argument(each.group(2), fresh), types.get(arguments.size())));
        }
        return numbered(sql(line), arguments);
    }

    /** The statement with parameters that are texts, whatever they are cast to. */
    private String withTexts(CSVRecord line) {
        List<String> parameters = new ArrayList<>();
        for (String type : parameterTypes(sql(line))) {
            parameters.add("cast(cast($%d as text) as %s)".formatted(parameters.size() + 1, type));
        }
        return numbered(sql(line), parameters);
    }

    private static String numbered(String sql, List<String> values) {
        return PARAMETER
                .matcher(oneLine(sql))
                .replaceAll(
                        parameter -> Matcher.quoteReplacement(values.get(Integer.parseInt(parameter.group(1)) - 1)));
    }

    private static List<String> arguments(CSVRecord line, List<Token> fresh) {
        List<String> arguments = new ArrayList<>();
        Matcher each = ARGUMENT.matcher(line.get(LOG_DETAIL));
        while (each.find()) {
            String logged = each.group(2);
            String argument = logged.equals("NULL")
                    ? null
                    : logged.substring(1, logged.length() - 1).replace("''", "'");
            for (Token token : fresh) {
                if (argument != null && token.field() != null) {
                    argument = argument.replace(token.text(), "{" + token.field() + "}");
                }
            }
            arguments.add(argument);
        }
        return arguments;
    }

    private static List<String> fields(List<Token> fresh) {
        return fresh.stream().map(Token::field).filter(Objects::nonNull).toList();
    }

    private static String argument(String logged, List<Token> fresh) {
        String argument = logged.equals("NULL") ? "null" : literal(logged);
        for (Token token : fresh) {
            if (token.sql() != null && logged.contains(token.text())) {
                argument = "replace(%s, %s, cast(%s as text))"
                        .formatted(argument, literal("'" + token.text() + "'"), token.sql());
            }
        }
        return argument;
    }

    /** On one line and without a colon, behind which pgbench would look for a variable. */
    private static String literal(String quoted) {
        return "e" + quoted.replace("\\", "\\\\").replace("\n", "\\n").replace(":", "\\072");
    }

    private static String oneLine(String sql) {
        return sql.replaceAll("--[^\n]*", " ").replaceAll("\\s+", " ").trim();
    }

    /** What the server takes each parameter for: a literal in its place would be of no type at all. */
    private List<String> parameterTypes(String statement) {
        if (!statement.contains("$1")) {
            return List.of();
        }
        try (Connection server = DriverManager.getConnection(
                        "jdbc:postgresql://" + address + "/" + name, "postgres", "postgres");
                Statement typed = server.createStatement()) {
            typed.execute("prepare typed as " + statement);
            try (ResultSet types = typed.executeQuery(
                    "select unnest(parameter_types) from pg_prepared_statements where name = 'typed'")) {
                List<String> names = new ArrayList<>();
                while (types.next()) {
                    names.add(types.getString(1));
                }
                return names;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<CSVRecord> logged() {
        try (Stream<Path> files = Files.list(logs)) {
            List<CSVRecord> lines = new ArrayList<>();
            for (Path file : files.filter(it -> it.toString().endsWith(".csv")).toList()) {
                try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, CSVFormat.DEFAULT)) {
                    parser.forEach(lines::add);
                }
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
