package dev.frontdesk.bench;

import dev.frontdesk.http.Json;
import java.util.List;
import java.util.Map;

/**
 * What a request led to in PostgreSQL.
 *
 * @param lines the whole transaction, for pgbench
 * @param sql the statement itself, all of whose parameters are texts
 * @param arguments its arguments, where {@code {name}} is the field of that name; null is null
 * @param fields the names
 */
record Script(List<String> lines, String sql, List<String> arguments, List<String> fields) {

    /** The statement as a peer is told it. */
    String json() {
        return Json.mapper()
                .valueToTree(Map.of("sql", sql, "arguments", arguments, "fields", fields))
                .toString();
    }
}
