package dev.frontdesk.idempotency;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frontdesk.http.BadRequest;
import dev.frontdesk.http.Conflict;
import dev.frontdesk.http.Unprocessable;
import dev.frontdesk.tenancy.Tenant;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
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
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;

/** The answers already given, by {@code Idempotency-Key}. */
@ApplicationScoped
public class IdempotencyKeys {

    /** Headers that are part of an answer. */
    private static final List<String> KEPT = List.of("Location", "ETag");

    private final Tenant tenant;
    private final ObjectMapper json;

    IdempotencyKeys(Tenant tenant, ObjectMapper json) {
        this.tenant = tenant;
        this.json = json;
    }

    /** Answers as before, or does the work and remembers its answer, in one transaction. */
    <T> Uni<RestResponse<T>> once(String key, String hash, Type entity, Supplier<Uni<RestResponse<T>>> work) {
        return tenant.transaction(() -> find(checked(key))
                .chain(first -> first == null
                        ? work.get().call(answer -> remember(key, hash, answer))
                        : Uni.createFrom().item(() -> replay(first, hash, entity))));
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

    private record Answer(String requestHash, int status, String headers, String body) {}

    private Uni<Answer> find(String key) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "select pg_try_advisory_xact_lock(hashtextextended(?1, 0))", Boolean.class)
                        .setParameter(1, tenant.id() + " " + key)
                        .getSingleResult()
                        .invoke(mine -> {
                            if (!mine) {
                                throw new Conflict(
                                                "The first request with this Idempotency-Key is still running; ask again in a moment")
                                        .type("idempotency-key-in-use");
                            }
                        })
                        .chain(() -> session.createNativeQuery("""
                                select request_hash, status, cast(headers as text), cast(body as text)
                                from idempotency_keys where key = ?1 and created_at > now() - interval '24 hours'
                                """, Object[].class)
                                .setParameter(1, key)
                                .getSingleResultOrNull())
                        .map(row -> row == null
                                ? null
                                : new Answer((String) row[0], (Integer) row[1], (String) row[2], (String) row[3])));
    }

    private <T> Uni<Void> remember(String key, String hash, RestResponse<T> answer) {
        Map<String, String> headers = new java.util.TreeMap<>();
        KEPT.forEach(name -> {
            if (answer.getHeaders().containsKey(name)) {
                headers.put(name, String.valueOf(answer.getHeaders().getFirst(name)));
            }
        });
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("""
                                insert into idempotency_keys (key, request_hash, status, headers, body)
                                values (?1, ?2, ?3, cast(cast(?4 as text) as jsonb), cast(cast(?5 as text) as jsonb))
                                on conflict (client_id, key) do update set request_hash = excluded.request_hash,
                                    status = excluded.status, headers = excluded.headers, body = excluded.body, created_at = now()
                                """)
                        .setParameter(1, key)
                        .setParameter(2, hash)
                        .setParameter(3, answer.getStatus())
                        .setParameter(4, text(headers))
                        .setParameter(5, text(answer.getEntity()))
                        .executeUpdate())
                .replaceWithVoid();
    }

    private <T> RestResponse<T> replay(Answer first, String hash, Type entity) {
        if (!first.requestHash().equals(hash)) {
            throw new Unprocessable("This Idempotency-Key was used for another request; use a new key")
                    .type("idempotency-key-reused");
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
