package dev.frontdesk.analytics.deadletters;

import dev.frontdesk.http.Cursor;
import dev.frontdesk.http.ListQuery;
import dev.frontdesk.http.NotFound;
import dev.frontdesk.http.Page;
import dev.frontdesk.messaging.Inbox;
import dev.frontdesk.outbox.Outbox;
import dev.frontdesk.privacy.ErasedPeople;
import dev.frontdesk.settings.Clients;
import dev.frontdesk.tenancy.Tenant;
import dev.frontdesk.tenancy.Trace;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** What every service put on its dead-letter topics, by client. A letter is played again by way of the outbox. */
@ApplicationScoped
class DeadLetters {

    /** Owns what names no client, or none that we know. */
    static final String UNASSIGNED = "unassigned";

    private static final String COLUMNS =
            "id, topic, partition, record_offset, origin, service, key, type, reason, headers, failed_at, replayed_at";

    private static final Logger LOG = Logger.getLogger(DeadLetters.class);

    private final Tenant tenant;
    private final Inbox inbox;
    private final Outbox outbox;
    private final ErasedPeople people;
    private final Clients clients;

    DeadLetters(Tenant tenant, Inbox inbox, Outbox outbox, ErasedPeople people, Clients clients) {
        this.tenant = tenant;
        this.inbox = inbox;
        this.outbox = outbox;
        this.people = people;
        this.clients = clients;
    }

    @Incoming("deadletters")
    Uni<Void> keep(ConsumerRecord<String, byte[]> message) {
        DeadLetter letter = DeadLetter.of(message);
        Clients.Client client = letter.clientId() == null ? null : clients.all().get(letter.clientId());
        return client == null
                ? inbox.retrying(() -> insert(UNASSIGNED, letter.withoutContent()))
                : inbox.retrying(() -> unlessErased(letter, client));
    }

    /** Kafka may hand out again what nobody could read; that must not bring back whom we promised to forget. */
    private Uni<Void> unlessErased(DeadLetter letter, Clients.Client client) {
        return people.areNamedIn(letter.text(), letter.clientId(), client.region(), letter.occurredAt())
                .chain(erased -> erased ? leave(letter) : insert(letter.clientId(), letter));
    }

    private static Uni<Void> leave(DeadLetter letter) {
        LOG.infof(
                "%s-%d@%d names somebody who was erased and is not kept",
                letter.topic(), letter.partition(), letter.offset());
        return Uni.createFrom().voidItem();
    }

    /** Newest first, without their content. */
    Uni<Page<DeadLetter>> list(String clientId, ListQuery query) {
        Optional<Cursor> cursor = query.cursor();
        Tuple arguments = Tuple.tuple()
                .addOffsetDateTime(utc(query.from().orElse(null)))
                .addOffsetDateTime(utc(query.before().orElse(null)))
                .addBoolean(query.flag("replayed").orElse(null))
                .addString(query.text("service").orElse(null))
                .addOffsetDateTime(utc(cursor.map(Cursor::at).orElse(null)))
                .addUUID(cursor.map(Cursor::id).orElse(null))
                .addInteger(query.limit() + 1);
        return tenant.sql(
                        clientId,
                        connection ->
                                connection.preparedQuery("""
                                        select %s from dead_letters
                                        where ($1::timestamptz is null or failed_at >= $1)
                                          and ($2::timestamptz is null or failed_at < $2)
                                          and ($3::boolean is null or (replayed_at is not null) = $3)
                                          and ($4::text is null or service = $4)
                                          and ($5::timestamptz is null or (failed_at, id) < ($5, $6::uuid))
                                        order by failed_at desc, id desc limit $7
                                        """.formatted(COLUMNS)).execute(arguments))
                .map(rows -> Page.of(letters(rows), query.limit(), it -> new Cursor(it.failedAt(), it.id())));
    }

    Uni<DeadLetter> get(String clientId, UUID id) {
        return tenant.sql(clientId, connection -> find(connection, id));
    }

    /** Publishes it anew for every consumer of its topic; those that took it in already know its version. */
    Uni<DeadLetter> replay(String clientId, UUID id) {
        return tenant.sql(
                        clientId,
                        connection -> find(connection, id)
                                .call(letter -> connection
                                        .preparedQuery("""
                                        insert into outbox (aggregatetype, aggregateid, type, payload, traceparent)
                                        values ($1, $2, $3, $4::text::jsonb, $5)
                                        """)
                                        .execute(Tuple.of(
                                                letter.aggregateType(),
                                                letter.key(),
                                                letter.type(),
                                                letter.payload().toString(),
                                                Trace.parent())))
                                .chain(() -> connection
                                        .preparedQuery("update dead_letters set replayed_at = now() where id = $1")
                                        .execute(Tuple.of(id)))
                                .chain(() -> find(connection, id)))
                .invoke(outbox::wake);
    }

    /** As long as Kafka keeps them. */
    @Scheduled(every = "24h", delayed = "10m")
    Uni<Void> forgetTheOld() {
        return Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().iterable(clients.all().keySet()),
                        Multi.createFrom().item(UNASSIGNED))
                .onItem()
                .transformToUniAndConcatenate(owner -> tenant.sql(
                        owner,
                        connection -> connection
                                .query("delete from dead_letters where failed_at < now() - interval '90 days'")
                                .execute()))
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> insert(String owner, DeadLetter letter) {
        return tenant.sql(owner, connection -> insert(connection, letter));
    }

    private static Uni<Void> insert(SqlConnection connection, DeadLetter letter) {
        return connection
                .preparedQuery("""
                        insert into dead_letters (topic, partition, record_offset, origin, service, key, type, reason, headers,
                                                  value, failed_at, occurred_at)
                        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
                        on conflict do nothing
                        """)
                .execute(Tuple.tuple()
                        .addString(letter.topic())
                        .addInteger(letter.partition())
                        .addLong(letter.offset())
                        .addString(letter.origin())
                        .addString(letter.service())
                        .addString(letter.key())
                        .addString(letter.type())
                        .addString(letter.reason())
                        .addValue(letter.headers())
                        .addValue(letter.value())
                        .addOffsetDateTime(utc(letter.failedAt()))
                        .addOffsetDateTime(utc(letter.occurredAt().orElse(null))))
                .replaceWithVoid();
    }

    private static Uni<DeadLetter> find(SqlConnection connection, UUID id) {
        return connection
                .preparedQuery(
                        "select %s, coalesce(value, '') as value from dead_letters where id = $1".formatted(COLUMNS))
                .execute(Tuple.of(id))
                .map(rows -> letters(rows).stream()
                        .findFirst()
                        .orElseThrow(() -> new NotFound("There is no dead letter with this id")));
    }

    private static List<DeadLetter> letters(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(DeadLetter::of)
                .toList();
    }

    private static OffsetDateTime utc(Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }
}
