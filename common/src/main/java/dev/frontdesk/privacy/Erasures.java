package dev.frontdesk.privacy;

import dev.frontdesk.events.CustomerEvent;
import dev.frontdesk.events.PrivacyEvent;
import dev.frontdesk.outbox.Outbox;
import dev.frontdesk.tenancy.Tenant;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Forgets people, in this service's database: at once when asked, and a second time when what was then under way has
 * settled. Then it says so to customer-service, which keeps the receipt. The same request again changes nothing.
 */
@ApplicationScoped
public class Erasures {

    private final Tenant tenant;
    private final Outbox outbox;
    private final ErasedPeople people;
    private final Leftovers leftovers;
    private final Instance<PersonalData> data;
    private final Clock clock;
    private final String service;
    private final Duration settle;

    Erasures(
            Tenant tenant,
            Outbox outbox,
            ErasedPeople people,
            Leftovers leftovers,
            Instance<PersonalData> data,
            Clock clock,
            @ConfigProperty(name = "quarkus.application.name") String service,
            @ConfigProperty(name = "frontdesk.erasure.settle") Duration settle) {
        this.tenant = tenant;
        this.outbox = outbox;
        this.people = people;
        this.leftovers = leftovers;
        this.data = data;
        this.clock = clock;
        this.service = service;
        this.settle = settle;
    }

    /** First pass; what has been begun before is left alone. */
    Uni<Void> begin(String clientId, CustomerEvent.Erased person) {
        return tenant.sql(
                        clientId,
                        connection -> remember(connection, person)
                                .chain(isNew -> isNew
                                        ? forget(connection, clientId, person)
                                        : Uni.createFrom().voidItem()))
                .invoke(people::refresh);
    }

    /** Second pass, of whoever is due; ends with the acknowledgement. */
    @Scheduled(every = "${frontdesk.erasure.sweep}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> finish() {
        return tenant.worker(connection -> connection.preparedQuery("""
                                select distinct client_id from erased_people
                                where settled_at is null and received_at < now() - make_interval(secs => $1)
                                """).execute(Tuple.of((double) settle.toSeconds())))
                .chain(rows -> Multi.createFrom()
                        .iterable(rows)
                        .onItem()
                        .transformToUniAndConcatenate(row -> finish(row.getString(0)))
                        .onItem()
                        .ignoreAsUni());
    }

    private Uni<Void> finish(String clientId) {
        return tenant.sql(
                clientId,
                connection -> connection
                        .preparedQuery("""
                        select erasure_id, pseudonym, phone, customer_id, erased_at from erased_people
                        where settled_at is null and received_at < now() - make_interval(secs => $1)
                        order by received_at limit 20 for update skip locked
                        """)
                        .execute(Tuple.of((double) settle.toSeconds()))
                        .chain(rows -> eachInTurn(connection, clientId, rows)));
    }

    private Uni<Void> eachInTurn(SqlConnection connection, String clientId, RowSet<Row> rows) {
        return Multi.createFrom()
                .iterable(rows)
                .map(Erasures::person)
                .onItem()
                .transformToUniAndConcatenate(
                        person -> forget(connection, clientId, person).chain(() -> settle(connection, person)))
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Boolean> remember(SqlConnection connection, CustomerEvent.Erased person) {
        return connection
                .preparedQuery("""
                        insert into erased_people (erasure_id, pseudonym, phone, customer_id, erased_at)
                        values ($1, $2, $3, $4, $5)
                        on conflict do nothing
                        """)
                .execute(Tuple.of(
                        person.erasureId(),
                        person.pseudonym(),
                        person.phone(),
                        person.id(),
                        person.occurredAt().atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.rowCount() == 1);
    }

    private Uni<Void> forget(SqlConnection connection, String clientId, CustomerEvent.Erased person) {
        Uni<Integer> own = data.isResolvable()
                ? data.get().forget(connection, person)
                : Uni.createFrom().item(0);
        return own.chain(rows -> leftovers.forget(connection, person).map(more -> rows + more))
                .chain(rows ->
                        connection.preparedQuery("""
                                update erased_people set row_count = row_count + $3
                                where erasure_id = $1 and pseudonym = $2
                                """).execute(Tuple.of(person.erasureId(), person.pseudonym(), rows)))
                .replaceWithVoid();
    }

    private Uni<Void> settle(SqlConnection connection, CustomerEvent.Erased person) {
        return connection
                .preparedQuery("""
                        update erased_people set phone = null, settled_at = now()
                        where erasure_id = $1 and pseudonym = $2 returning row_count
                        """)
                .execute(Tuple.of(person.erasureId(), person.pseudonym()))
                .map(rows -> new PrivacyEvent.ErasureDone(
                        clock.instant(),
                        person.erasureId(),
                        person.pseudonym(),
                        service,
                        rows.iterator().next().getInteger(0)))
                .chain(done -> outbox.append(connection, List.of(done)));
    }

    private static CustomerEvent.Erased person(Row row) {
        UUID erasure = row.getUUID("erasure_id");
        return new CustomerEvent.Erased(
                row.getOffsetDateTime("erased_at").toInstant(),
                row.getUUID("customer_id"),
                erasure,
                row.getString("phone"),
                row.getString("pseudonym"));
    }
}
