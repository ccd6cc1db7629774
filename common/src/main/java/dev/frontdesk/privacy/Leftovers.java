package dev.frontdesk.privacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.frontdesk.events.CustomerEvent;
import dev.frontdesk.http.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Takes a person out of what every database has: kept answers to idempotent requests, and events not yet published. */
@ApplicationScoped
class Leftovers {

    /** Answers how many rows were changed. */
    Uni<Integer> forget(SqlConnection connection, CustomerEvent.Erased person) {
        return answers(connection, person)
                .chain(rows -> events(connection, person).map(more -> rows + more));
    }

    /** The number is in a body as it is, in a header's URL with its plus as {@code %2B}. */
    private static Uni<Integer> answers(SqlConnection connection, CustomerEvent.Erased person) {
        String escaped = URLEncoder.encode(person.phone(), StandardCharsets.UTF_8);
        return connection
                .preparedQuery("""
                        select key, coalesce(body, 'null')::text as body from idempotency_keys
                        where (strpos(body::text, $1) > 0 or strpos(headers::text, $1) > 0 or strpos(headers::text, $2) > 0)
                            and created_at <= $3 for update
                        """)
                .execute(Tuple.of(person.phone(), escaped, person.occurredAt().atOffset(ZoneOffset.UTC)))
                .chain(rows -> rewrite(
                        connection,
                        """
                        update idempotency_keys set body = $2::text::jsonb,
                            headers = replace(replace(headers::text, $3, $5), $4, $5)::jsonb
                        where key = $1
                        """,
                        tuples(
                                rows,
                                row -> Tuple.of(
                                        row.getString("key"),
                                        scrubbed(row.getString("body"), person),
                                        person.phone(),
                                        escaped,
                                        person.pseudonym()))));
    }

    /** The request itself must still reach the other services, with the number they are to forget. */
    private static Uni<Integer> events(SqlConnection connection, CustomerEvent.Erased person) {
        return connection
                .preparedQuery("""
                        select id, payload::text as payload from outbox
                        where strpos(payload::text, $1) > 0 and created_at <= $2 and type <> 'customer.erased.v1' for update
                        """)
                .execute(Tuple.of(person.phone(), person.occurredAt().atOffset(ZoneOffset.UTC)))
                .chain(rows -> rewrite(
                        connection,
                        """
                        update outbox set payload = $2::text::jsonb, aggregateid = replace(aggregateid, $3, $4)
                        where id = $1
                        """,
                        tuples(
                                rows,
                                row -> Tuple.of(
                                        row.getUUID("id"),
                                        scrubbed(row.getString("payload"), person),
                                        person.phone(),
                                        person.pseudonym()))));
    }

    private static Uni<Integer> rewrite(SqlConnection connection, String sql, List<Tuple> rows) {
        return rows.isEmpty()
                ? Uni.createFrom().item(0)
                : connection.preparedQuery(sql).executeBatch(rows).replaceWith(rows.size());
    }

    private static List<Tuple> tuples(RowSet<Row> rows, Function<Row, Tuple> of) {
        List<Tuple> tuples = new ArrayList<>();
        rows.forEach(row -> tuples.add(of.apply(row)));
        return tuples;
    }

    private static String scrubbed(String json, CustomerEvent.Erased person) {
        try {
            return new Scrub(person.phone(), person.pseudonym())
                    .apply(Json.mapper().readTree(json))
                    .toString();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
