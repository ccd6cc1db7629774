package dev.frontdesk.sms.conversations;

import dev.frontdesk.http.Cursor;
import dev.frontdesk.http.ListQuery;
import dev.frontdesk.http.NotFound;
import dev.frontdesk.http.Page;
import dev.frontdesk.phone.Phones;
import dev.frontdesk.settings.Clients;
import dev.frontdesk.tenancy.Tenant;
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
import java.util.Set;
import java.util.UUID;

/** The texts of a client, by number: the seed's query 3, with what staff have still to look at. */
@ApplicationScoped
public class Conversations {

    private static final Set<String> STATES = Set.of("open", "closed");

    /** Counts come from the row that the insert trigger keeps; the text is that of the last 100 messages, 20,000 characters. */
    private static final String SELECT = """
            select c.id, c.phone_number, c.message_count, c.last_message_at, c.unread, c.state,
                   (select right(string_agg(message_body, ' | ' order by created_at, id), 20000)
                    from (select message_body, created_at, id from sms_messages m
                          where m.phone_number = c.phone_number
                          order by created_at desc, id desc limit 100) recent) as conversation
            from conversations c
            """;

    private final Tenant tenant;
    private final Clients clients;

    Conversations(Tenant tenant, Clients clients) {
        this.tenant = tenant;
        this.clients = clients;
    }

    /** {@code conversation} is the bodies in order, joined by {@code " | "}; {@code open} waits for a person. */
    public record Conversation(
            UUID id,
            String phoneNumber,
            int messageCount,
            Instant lastMessageAt,
            int unread,
            String state,
            String conversation) {}

    /** Latest first. Filters: {@code phone, state, unread, q}. */
    Uni<Page<Conversation>> list(ListQuery query) {
        String clientId = tenant.id();
        Cursor cursor = query.cursor().orElse(null);
        String phone = query.text("phone").map(this::e164).orElse(null);
        Tuple arguments = Tuple.tuple()
                .addString(phone)
                .addString(query.oneOf("state", STATES).orElse(null))
                .addBoolean(query.flag("unread").orElse(null))
                .addString(query.text("q")
                        .map(q -> "%" + q.replaceAll("([!%_])", "!$1") + "%")
                        .orElse(null))
                .addOffsetDateTime(cursor == null ? null : cursor.at().atOffset(ZoneOffset.UTC))
                .addUUID(cursor == null ? null : cursor.id())
                .addInteger(query.limit() + 1);
        return tenant.sql(
                        clientId,
                        connection -> connection.preparedQuery(SELECT + """
                                          where ($1::text is null or c.phone_number = $1)
                                            and ($2::text is null or c.state = $2)
                                            and ($3::boolean is null or (c.unread > 0) = $3)
                                            and ($4::text is null or exists (
                                                select 1 from sms_messages s
                                                where s.phone_number = c.phone_number and s.message_body ilike $4 escape '!'))
                                            and ($5::timestamptz is null or (c.last_message_at, c.id) < ($5, $6::uuid))
                                          order by c.last_message_at desc, c.id desc limit $7
                                          """).execute(arguments))
                .map(Conversations::read)
                .map(rows -> Page.of(rows, query.limit(), it -> new Cursor(it.lastMessageAt(), it.id())));
    }

    Uni<Conversation> get(String phone) {
        return tenant.sql(tenant.id(), connection -> one(connection, e164(phone)));
    }

    /** A person has dealt with it. */
    Uni<Conversation> close(String phone) {
        return change(phone, "state = 'closed', unread = 0");
    }

    /** A person will deal with it. */
    Uni<Conversation> open(String phone) {
        return change(phone, "state = 'open'");
    }

    /** A person has looked at it. */
    Uni<Conversation> read(String phone) {
        return change(phone, "unread = 0");
    }

    /** In the caller's transaction: the robot gives up, a person is needed. */
    public Uni<Void> handOver(SqlConnection connection, String phoneNumber) {
        return connection
                .preparedQuery("update conversations set state = 'open' where phone_number = $1")
                .execute(Tuple.of(phoneNumber))
                .replaceWithVoid();
    }

    private Uni<Conversation> change(String phone, String assignments) {
        String number = e164(phone);
        return tenant.sql(
                tenant.id(),
                connection -> connection
                        .preparedQuery("update conversations set " + assignments + " where phone_number = $1")
                        .execute(Tuple.of(number))
                        .chain(() -> one(connection, number)));
    }

    private static Uni<Conversation> one(SqlConnection connection, String number) {
        return connection
                .preparedQuery(SELECT + "where c.phone_number = $1")
                .execute(Tuple.of(number))
                .map(rows -> read(rows).stream()
                        .findFirst()
                        .orElseThrow(() -> new NotFound("There is no conversation with this number")));
    }

    private String e164(String phone) {
        return Phones.parse(phone, clients.get(tenant.id()).region()).orElse(phone.trim());
    }

    private static List<Conversation> read(RowSet<Row> rows) {
        List<Conversation> conversations = new ArrayList<>(rows.size());
        for (Row row : rows) {
            conversations.add(new Conversation(
                    row.getUUID("id"),
                    row.getString("phone_number"),
                    row.getInteger("message_count"),
                    row.getOffsetDateTime("last_message_at").toInstant(),
                    row.getInteger("unread"),
                    row.getString("state"),
                    row.getString("conversation")));
        }
        return conversations;
    }
}
