package dev.frontdesk.customer.privacy;

import dev.frontdesk.events.PrivacyEvent;
import dev.frontdesk.http.NotFound;
import dev.frontdesk.tenancy.Tenant;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** The proof that a person was forgotten: what each service acknowledged, with how many rows it changed. */
@ApplicationScoped
public class Receipts {

    /** Who must acknowledge before an erasure is complete. */
    static final List<String> SERVICES =
            List.of("booking-service", "call-service", "sms-service", "customer-service", "analytics-service");

    private final Tenant tenant;

    Receipts(Tenant tenant) {
        this.tenant = tenant;
    }

    /** {@code status} is {@code requested} or {@code done}; {@code rows} is null until it is done. */
    public record Step(String service, String status, Integer rows, Instant doneAt) {}

    /** {@code status} is {@code running} or {@code done}. */
    public record Receipt(
            UUID id,
            UUID customerId,
            String status,
            Instant requestedAt,
            String requestedBy,
            Instant completedAt,
            List<Step> services) {}

    /** A service has done its part; completes the erasure when it was the last. Known acknowledgements change nothing. */
    public Uni<Void> note(String clientId, PrivacyEvent.ErasureDone done) {
        return tenant.sql(
                clientId,
                connection -> connection
                        .preparedQuery("select id from erasures where id = $1 for update")
                        .execute(Tuple.of(done.erasureId()))
                        .chain(found -> found.size() == 0 ? Uni.createFrom().voidItem() : note(connection, done)));
    }

    private static Uni<Void> note(SqlConnection connection, PrivacyEvent.ErasureDone done) {
        OffsetDateTime at = done.occurredAt().atOffset(ZoneOffset.UTC);
        return connection
                .preparedQuery("""
                        insert into erasure_steps (erasure_id, service, pseudonym, row_count, done_at)
                        values ($1, $2, $3, $4, $5) on conflict do nothing
                        """)
                .execute(Tuple.of(done.erasureId(), done.service(), done.pseudonym(), done.rows(), at))
                .chain(() -> connection
                        .preparedQuery("""
                                update erasures set completed_at = $2
                                where id = $1 and completed_at is null
                                  and numbers * cardinality($3::text[]) =
                                      (select count(*) from erasure_steps where erasure_id = $1 and service = any ($3::text[]))
                                """)
                        .execute(Tuple.of(done.erasureId(), at, SERVICES.toArray(String[]::new))))
                .replaceWithVoid();
    }

    /** The receipt as it stands; part of the transaction at hand, if there is one. */
    Uni<Receipt> get(UUID id) {
        return tenant.transaction(() -> rows("""
                        select id, customer_id, requested_at, requested_by, completed_at, numbers from erasures where id = ?1
                        """, id)
                .map(found -> {
                    if (found.isEmpty()) {
                        throw new NotFound("No erasure has this id");
                    }
                    return found.get(0);
                })
                .chain(erasure -> rows("""
                                select service, cast(count(*) as int), cast(sum(row_count) as int), max(done_at)
                                from erasure_steps where erasure_id = ?1 group by service
                                """, id).map(steps -> receipt(erasure, steps))));
    }

    private static Uni<List<Object[]>> rows(String sql, UUID id) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(sql, Object[].class)
                        .setParameter(1, id)
                        .getResultList());
    }

    private static Receipt receipt(Object[] erasure, List<Object[]> done) {
        Map<String, Step> steps = done.stream()
                .map(step -> new Step(
                        (String) step[0],
                        step[1].equals(erasure[5]) ? "done" : "requested",
                        (Integer) step[2],
                        instant(step[3])))
                .collect(Collectors.toMap(Step::service, step -> step));
        Instant completed = instant(erasure[4]);
        return new Receipt(
                (UUID) erasure[0],
                (UUID) erasure[1],
                completed == null ? "running" : "done",
                instant(erasure[2]),
                (String) erasure[3],
                completed,
                SERVICES.stream()
                        .map(service -> steps.getOrDefault(service, new Step(service, "requested", null, null)))
                        .toList());
    }

    private static Instant instant(Object column) {
        return column == null ? null : ((OffsetDateTime) column).toInstant();
    }
}
