package dev.frontdesk.idempotency;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frontdesk.http.BadRequest;
import dev.frontdesk.http.Conflict;
import dev.frontdesk.http.Unprocessable;
import dev.frontdesk.tenancy.Tenant;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;

/** The answers already given, by {@code Idempotency-Key}. */
@ApplicationScoped
public class IdempotencyKeys {

    /** Headers that are part of an answer. */
    private static final List<String> KEPT = List.of("Location", "ETag");

    /** Instead of an answer, while there is none; only what succeeded is remembered. */
    private static final RestResponse.Status TAKEN = RestResponse.Status.CONFLICT;

    private final Tenant tenant;
    private final ObjectMapper json;

    IdempotencyKeys(Tenant tenant, ObjectMapper json) {
        this.tenant = tenant;
        this.json = json;
    }

    /** A call of a database function that answers a text, in the transaction that the work runs in, of whichever kind. */
    private interface Transaction {
        Uni<String> call(String function, Object... arguments);
    }

    /** Answers as before, or does the work and remembers its answer. */
    <T> Uni<RestResponse<T>> once(
            String key, String hash, Type entity, Idempotent.Work where, Supplier<Uni<RestResponse<T>>> work) {
        checked(key);
        return switch (where) {
            case PANACHE -> tenant.transaction(() -> once(IdempotencyKeys::inPanache, key, hash, entity, work));
            case SQL -> tenant.together(connection -> once(on(connection), key, hash, entity, work));
            case ELSEWHERE -> elsewhere(key, hash, entity, work);
        };
    }

    private <T> Uni<RestResponse<T>> elsewhere(
            String key, String hash, Type entity, Supplier<Uni<RestResponse<T>>> work) {
        String client = tenant.id();
        RestResponse<T> taken = RestResponse.status(TAKEN);
        Supplier<Uni<RestResponse<T>>> take = () -> Uni.createFrom().item(taken);
        return sql(client, transaction -> once(transaction, key, hash, entity, take))
                .chain(first -> first != taken
                        ? Uni.createFrom().item(first)
                        : Uni.createFrom()
                                .deferred(() -> work.get())
                                .call(answer -> sql(client, transaction -> remember(transaction, key, hash, answer)))
                                .onFailure(Unprocessable.class)
                                .call(() -> sql(client, transaction -> transaction.call("give_back($1)", key))));
    }

    private <T> Uni<T> sql(String client, Function<Transaction, Uni<T>> work) {
        return tenant.sql(client, connection -> work.apply(on(connection)));
    }

    private <T> Uni<RestResponse<T>> once(
            Transaction transaction, String key, String hash, Type entity, Supplier<Uni<RestResponse<T>>> work) {
        return find(transaction, key)
                .chain(first -> first == null
                        ? work.get().call(answer -> remember(transaction, key, hash, answer))
                        : Uni.createFrom().item(() -> replay(first, hash, entity)));
    }

    /** A hash of what was asked: the operation and its arguments. */
    public String hash(String operation, Object arguments) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(operation.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(json.writeValueAsBytes(arguments)));
        } catch (NoSuchAlgorithmException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A usable key, or a 400. */
    public static String checked(String key) {
        if (key.isBlank() || key.length() > 255) {
            throw new BadRequest("Idempotency-Key must have 1 to 255 characters");
        }
        return key;
    }

    /** @param running whether a first request has the key and has not ended; then the rest is null */
    private record Answer(boolean running, String requestHash, Integer status, String headers, String body) {}

    private static Transaction on(SqlConnection connection) {
        return (function, arguments) -> connection
                .preparedQuery("select " + function)
                .execute(Tuple.wrap(arguments))
                .map(rows -> rows.iterator().next().getString(0));
    }

    private static Uni<String> inPanache(String function, Object... arguments) {
        return Panache.getSession().chain(session -> {
            var query = session.createNativeQuery("select " + function.replace('$', '?'), String.class);
            for (int i = 0; i < arguments.length; i++) {
                query.setParameter(i + 1, arguments[i]);
            }
            return query.getSingleResult();
        });
    }

    private Uni<Answer> find(Transaction transaction, String key) {
        return transaction.call("first_answer($1)", key).map(found -> {
            Answer answer = read(found);
            if (answer != null && answer.running()) {
                throw new Conflict(
                                "The first request with this Idempotency-Key is still running; ask again in a moment")
                        .type("idempotency-key-in-use");
            }
            return answer;
        });
    }

    private <T> Uni<Void> remember(Transaction transaction, String key, String hash, RestResponse<T> answer) {
        Map<String, String> headers = new TreeMap<>();
        KEPT.forEach(name -> {
            if (answer.getHeaders().containsKey(name)) {
                headers.put(name, String.valueOf(answer.getHeaders().getFirst(name)));
            }
        });
        return transaction
                .call(
                        "remember_answer($1, $2, $3, $4, $5)",
                        key,
                        hash,
                        answer.getStatus(),
                        text(headers),
                        text(answer.getEntity()))
                .replaceWithVoid();
    }

    private Answer read(String found) {
        try {
            return json.readValue(found, Answer.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> RestResponse<T> replay(Answer first, String hash, Type entity) {
        if (!first.requestHash().equals(hash)) {
            throw new Unprocessable("This Idempotency-Key was used for another request; use a new key")
                    .type("idempotency-key-reused");
        }
        if (first.status() == TAKEN.getStatusCode()) {
            throw new Conflict(
                            "The first request with this Idempotency-Key has no answer yet and may have been carried out; look"
                                    + " what came of it before you ask for another with a new key")
                    .type("idempotency-key-in-use");
        }
        try {
            T body = json.readValue(first.body(), json.constructType(entity));
            RestResponse.ResponseBuilder<T> answer = RestResponse.ResponseBuilder.create(first.status(), null);
            answer.entity(body);
            json.readTree(first.headers())
                    .properties()
                    .forEach(header ->
                            answer.header(header.getKey(), header.getValue().asText()));
            return answer.build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Scheduled(every = "1h", delayed = "1m")
    Uni<Void> forget() {
        return tenant.worker(connection -> connection
                .query("delete from idempotency_keys where created_at < now() - interval '24 hours'")
                .execute()
                .replaceWithVoid());
    }
}
