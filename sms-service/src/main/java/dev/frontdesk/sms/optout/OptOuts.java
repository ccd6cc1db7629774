package dev.frontdesk.sms.optout;

import dev.frontdesk.privacy.Pseudonyms;
import dev.frontdesk.tenancy.Tenant;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The ledger of who wants no texts, by client and number: only ever added to, the newest entry counts. Every hand-over asks it
 * while holding the number's lock, so nothing starts after an opt-out has committed.
 */
@ApplicationScoped
public class OptOuts {

    private final Tenant tenant;

    private final Pseudonyms pseudonyms;

    OptOuts(Tenant tenant, Pseudonyms pseudonyms) {
        this.tenant = tenant;
        this.pseudonyms = pseudonyms;
    }

    /** What the ledger calls the number once its person has been erased; the number itself where nobody can be. */
    public String pseudonym(String clientId, String phoneNumber) {
        return pseudonyms.isReady() ? pseudonyms.of(clientId, phoneNumber) : phoneNumber;
    }

    /** One entry; {@code proof} is what was said, the provider's error, or what staff hold as evidence. */
    public record Entry(
            UUID id,
            Instant createdAt,
            String phoneNumber,
            String state,
            String source,
            String proof,
            UUID messageId) {}

    /** Inside a Panache transaction: whether the number is opted out now. */
    public Uni<Boolean> isOut(String phoneNumber) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("select opted_out(?1, ?2)", Boolean.class)
                        .setParameter(1, phoneNumber)
                        .setParameter(2, pseudonym(tenant.id(), phoneNumber))
                        .getSingleResult());
    }

    /** The numbers opted out now, newest first; {@code phoneNumber} null is all. */
    Uni<List<Entry>> out(String phoneNumber, Instant beforeAt, UUID beforeId, int limit) {
        return tenant.sql(
                        tenant.id(),
                        connection -> connection
                                .preparedQuery("""
                                select * from (
                                    select distinct on (phone_number) * from opt_outs
                                    where $1::text is null or phone_number = $1
                                    order by phone_number, id desc) newest
                                where state = 'opted-out'
                                  and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid))
                                order by created_at desc, id desc limit $4
                                """)
                                .execute(Tuple.of(
                                        phoneNumber,
                                        beforeAt == null ? null : beforeAt.atOffset(ZoneOffset.UTC),
                                        beforeId,
                                        limit)))
                .map(OptOuts::entries);
    }

    /** The whole ledger, oldest first. */
    Uni<List<Entry>> ledger() {
        return tenant.sql(
                        tenant.id(),
                        connection -> connection
                                .query("select * from opt_outs order by created_at, id")
                                .execute())
                .map(OptOuts::entries);
    }

    /** Enters a change by staff; a number that stands so already gets no second entry. Answers how it stands. */
    Uni<Entry> enter(String phoneNumber, String state, String source, String proof) {
        String clientId = tenant.id();
        return tenant.sql(
                clientId,
                connection -> lock(connection, clientId, phoneNumber)
                        .chain(() -> newest(connection, phoneNumber))
                        .chain(newest -> newest != null && newest.state().equals(state)
                                ? Uni.createFrom().item(newest)
                                : add(connection, phoneNumber, state, source, proof, null)));
    }

    /** Adds an entry in the caller's transaction, which holds {@link #lock} where the entry is an opt-out. */
    public Uni<Entry> add(
            SqlConnection connection, String phoneNumber, String state, String source, String proof, UUID messageId) {
        return connection
                .preparedQuery("""
                        insert into opt_outs (phone_number, state, source, proof, message_id)
                        values ($1, $2, $3, $4, $5) returning *
                        """)
                .execute(Tuple.tuple()
                        .addString(phoneNumber)
                        .addString(state)
                        .addString(source)
                        .addString(proof)
                        .addUUID(messageId))
                .map(rows -> entries(rows).get(0));
    }

    /** Waits until no hand-over to the number is under way, and lets none start before the caller's transaction ends. */
    public Uni<Void> lock(SqlConnection connection, String clientId, String phoneNumber) {
        return connection
                .preparedQuery("select pg_advisory_xact_lock(opt_out_lock($1, $2))::text")
                .execute(Tuple.of(clientId, phoneNumber))
                .replaceWithVoid();
    }

    /** How the number stands; null when the ledger does not know it. */
    public Uni<Entry> newest(SqlConnection connection, String phoneNumber) {
        return connection
                .preparedQuery("select * from opt_outs where phone_number = $1 order by id desc limit 1")
                .execute(Tuple.of(phoneNumber))
                .map(rows -> rows.size() == 0 ? null : entries(rows).get(0));
    }

    private static List<Entry> entries(RowSet<Row> rows) {
        List<Entry> entries = new ArrayList<>(rows.size());
        for (Row row : rows) {
            entries.add(new Entry(
                    row.getUUID("id"),
                    row.getOffsetDateTime("created_at").toInstant(),
                    row.getString("phone_number"),
                    row.getString("state"),
                    row.getString("source"),
                    row.getString("proof"),
                    row.getUUID("message_id")));
        }
        return entries;
    }
}
