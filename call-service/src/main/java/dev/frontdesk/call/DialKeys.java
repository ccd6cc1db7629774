package dev.frontdesk.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.frontdesk.http.Conflict;
import dev.frontdesk.http.Json;
import dev.frontdesk.http.Unprocessable;
import dev.frontdesk.idempotency.IdempotencyKeys;
import dev.frontdesk.tenancy.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;

/**
 * Somebody is called at most once per {@code Idempotency-Key}. A provider may have called although its answer got lost, so the
 * key is taken in a transaction of its own before the provider is asked: one that is taken and has no answer calls nobody.
 */
@ApplicationScoped
class DialKeys {

    private final Tenant tenant;
    private final IdempotencyKeys keys;

    DialKeys(Tenant tenant, IdempotencyKeys keys) {
        this.tenant = tenant;
        this.keys = keys;
    }

    /** Answers as before, or calls; no connection is held meanwhile. What is refused has called nobody and gives the key back. */
    Uni<CallView.Full> once(String clientId, String key, Object asked, Supplier<Uni<CallView.Full>> dial) {
        String hash = keys.hash("POST /api/calls", asked);
        return take(clientId, IdempotencyKeys.checked(key), hash)
                .chain(first -> first == null
                        ? Uni.createFrom()
                                .deferred(() -> dial.get())
                                .call(call -> keep(clientId, key, call))
                                .onFailure(Unprocessable.class)
                                .call(() -> giveBack(clientId, key))
                        : Uni.createFrom().item(first));
    }

    /** Null when the key is ours now, else its first answer. */
    private Uni<CallView.Full> take(String clientId, String key, String hash) {
        return tenant.sql(
                clientId,
                connection -> connection
                        .preparedQuery("""
                        insert into idempotency_keys (key, request_hash, status) values ($1, $2, 409) on conflict do nothing
                        """)
                        .execute(Tuple.of(key, hash))
                        .chain(rows ->
                                rows.rowCount() == 1 ? Uni.createFrom().nullItem() : first(connection, key, hash)));
    }

    private static Uni<CallView.Full> first(SqlConnection connection, String key, String hash) {
        return connection
                .preparedQuery("select request_hash, body::text as body from idempotency_keys where key = $1")
                .execute(Tuple.of(key))
                .map(rows ->
                        replay(rows.rowCount() == 0 ? null : rows.iterator().next(), hash));
    }

    private static CallView.Full replay(Row first, String hash) {
        if (first != null && !first.getString("request_hash").equals(hash)) {
            throw new Unprocessable("This Idempotency-Key was used for another request; use a new key")
                    .type("idempotency-key-reused");
        }
        if (first == null || first.getString("body") == null) {
            throw new Conflict(
                            "The first request with this Idempotency-Key has no answer yet and may have called; look for"
                                    + " the call before you ask for another with a new key")
                    .type("idempotency-key-in-use");
        }
        return read(first.getString("body"));
    }

    private Uni<Void> keep(String clientId, String key, CallView.Full call) {
        return tenant.sql(
                clientId,
                connection -> connection
                        .preparedQuery(
                                "update idempotency_keys set status = 201, body = $2::text::jsonb where key = $1")
                        .execute(Tuple.of(key, write(call)))
                        .replaceWithVoid());
    }

    private Uni<Void> giveBack(String clientId, String key) {
        return tenant.sql(
                clientId,
                connection -> connection
                        .preparedQuery("delete from idempotency_keys where key = $1")
                        .execute(Tuple.of(key))
                        .replaceWithVoid());
    }

    private static String write(CallView.Full call) {
        try {
            return Json.mapper().writeValueAsString(call);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static CallView.Full read(String json) {
        try {
            return Json.mapper().readValue(json, CallView.Full.class);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
