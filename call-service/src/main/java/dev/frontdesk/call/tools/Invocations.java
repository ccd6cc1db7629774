package dev.frontdesk.call.tools;

import dev.frontdesk.call.CallFacts;
import dev.frontdesk.call.Question.Conversation;
import dev.frontdesk.outbox.Outbox;
import dev.frontdesk.tenancy.Tenant;
import dev.frontdesk.tenancy.Trace;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** What tools were asked and what they answered, so that the same question has one effect and one answer. */
@ApplicationScoped
class Invocations {

    /**
     * A tool at work.
     *
     * @param id the same for every repetition; the key of its effect
     * @param phone the caller's number, as the call's row has it
     * @param answer null until there is one
     */
    record Invocation(
            UUID id,
            UUID callId,
            String phone,
            String name,
            JsonObject arguments,
            int attempts,
            Boolean ok,
            String answer) {

        static Invocation of(Row row) {
            return new Invocation(
                    row.getUUID("id"),
                    row.getUUID("call_id"),
                    row.getString("phone_number"),
                    row.getString("name"),
                    row.getJsonObject("arguments"),
                    row.getInteger("attempts"),
                    row.getBoolean("ok"),
                    row.getString("answer"));
        }
    }

    private static final String COLUMNS =
            "t.id, t.call_id, c.phone_number, t.name, t.arguments, t.attempts, t.ok, t.answer";

    private final Tenant tenant;
    private final Outbox outbox;

    Invocations(Tenant tenant, Outbox outbox) {
        this.tenant = tenant;
        this.outbox = outbox;
    }

    /**
     * Begins the tool call, or finds the one it repeats: the same id, or the same content as the call's latest change
     * that was not refused. One statement.
     *
     * @param changes whether it has an effect, so that repetitions by content count and an unfinished one is finished later
     */
    Uni<Invocation> begin(String clientId, Conversation conversation, ToolCall call, boolean changes) {
        return tenant.sql(
                        clientId,
                        connection -> connection
                                .preparedQuery("select " + COLUMNS
                                        + " from begin_tool($1, $2, $3, $4, $5, $6) t join calls c on c.id = t.call_id")
                                .execute(Tuple.of(
                                        conversation.provider(),
                                        conversation.providerCallId(),
                                        call.id() == null ? UUID.randomUUID().toString() : CallFacts.hash(call.id()),
                                        call.name(),
                                        new JsonObject(call.arguments().toString()),
                                        changes)))
                .map(rows ->
                        rows.size() == 0 ? null : Invocation.of(rows.iterator().next()));
    }

    /** Keeps the answer, and what it means for the call; answers the one that was kept first. */
    Uni<Outcome> finish(String clientId, Invocation invocation, Outcome outcome) {
        return tenant.sql(
                        clientId,
                        connection -> connection
                                .preparedQuery("""
                                update tool_invocations set state = 'answered', ok = $2, answer = $3, retry_at = null
                                where id = $1 and state <> 'answered'
                                """)
                                .execute(Tuple.of(invocation.id(), outcome.ok(), outcome.sentence()))
                                .chain(rows -> rows.rowCount() == 0
                                        ? answered(connection, invocation)
                                        : tell(connection, invocation, outcome).replaceWith(outcome)))
                .invoke(outbox::wake);
    }

    private static Uni<Outcome> answered(SqlConnection connection, Invocation invocation) {
        return connection
                .preparedQuery("select ok, answer from tool_invocations where id = $1")
                .execute(Tuple.of(invocation.id()))
                .map(rows -> rows.iterator().next())
                .map(row -> new Outcome(row.getBoolean("ok"), row.getString("answer"), null, null));
    }

    /** Nobody knows yet whether it had its effect: it will be asked again, under the same key. */
    Uni<Void> postpone(String clientId, Invocation invocation) {
        return tenant.sql(
                clientId,
                connection -> connection
                        .preparedQuery("""
                        update tool_invocations set state = 'unsettled', retry_at = now() + interval '5 seconds'
                        where id = $1 and state <> 'answered'
                        """)
                        .execute(Tuple.of(invocation.id()))
                        .replaceWithVoid());
    }

    /** The clients that have something to be asked again. */
    Uni<List<String>> clientsWithUnsettled() {
        return tenant.worker(connection -> connection
                        .query("select distinct client_id from tool_invocations where retry_at <= now()")
                        .execute())
                .map(rows -> list(rows, row -> row.getString(0)));
    }

    /** Takes some, so that no other instance does for a while. */
    Uni<List<Invocation>> claim(String clientId) {
        return tenant.sql(
                        clientId,
                        connection -> connection.query("""
                                update tool_invocations t
                                set attempts = t.attempts + 1,
                                    retry_at = now() + least(interval '10 minutes', interval '10 seconds' * 2 ^ t.attempts)
                                from calls c
                                where c.id = t.call_id and t.id in (
                                    select id from tool_invocations where retry_at <= now()
                                    order by retry_at limit 10 for update skip locked)
                                returning %s
                                """.formatted(COLUMNS)).execute())
                .map(rows -> list(rows, Invocation::of));
    }

    private static Uni<Void> tell(SqlConnection connection, Invocation invocation, Outcome outcome) {
        if (outcome.bookingId() == null && outcome.remark() == null) {
            return Uni.createFrom().voidItem();
        }
        return connection
                .preparedQuery("select note_call($1, $2, $3, $4, $5)")
                .execute(Tuple.of(
                        invocation.callId(),
                        outcome.bookingId(),
                        outcome.bookingId() == null
                                ? null
                                : Arguments.of(invocation.arguments()).text("customer_name"),
                        outcome.remark(),
                        Trace.parent()))
                .replaceWithVoid();
    }

    private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> of) {
        List<T> list = new ArrayList<>(rows.size());
        rows.forEach(row -> list.add(of.apply(row)));
        return list;
    }
}
