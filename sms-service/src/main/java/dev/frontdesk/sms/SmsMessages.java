package dev.frontdesk.sms;

import dev.frontdesk.http.Conflict;
import dev.frontdesk.http.Cursor;
import dev.frontdesk.http.ListQuery;
import dev.frontdesk.http.NotFound;
import dev.frontdesk.http.Page;
import dev.frontdesk.outbox.Outbox;
import dev.frontdesk.phone.Phones;
import dev.frontdesk.settings.Clients;
import dev.frontdesk.sms.optout.OptOuts;
import dev.frontdesk.sms.outbound.Sender;
import dev.frontdesk.tenancy.Tenant;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** All texts of a client. */
@ApplicationScoped
class SmsMessages implements PanacheRepositoryBase<SmsMessage, UUID> {

    /** What a list of texts may be narrowed by. */
    static final String[] FILTERS = {"phone", "status", "direction", "purpose", "booking_id", "from", "to", "q"};

    private static final Set<String> STATUSES = Set.of("queued", "sent", "delivered", "failed", "received");
    private static final Set<String> DIRECTIONS = Set.of("inbound", "outbound");
    private static final Set<String> PURPOSES =
            Set.of("confirmation", "change", "cancellation", "reminder", "reply", "text-back", "staff", "opt-out");
    private static final Sort NEWEST_FIRST = Sort.descending("createdAt", "id");

    private final Tenant tenant;
    private final Clients clients;
    private final OptOuts optOuts;
    private final Outbox outbox;
    private final Sender sender;
    private final Clock clock;

    SmsMessages(Tenant tenant, Clients clients, OptOuts optOuts, Outbox outbox, Sender sender, Clock clock) {
        this.tenant = tenant;
        this.clients = clients;
        this.optOuts = optOuts;
        this.outbox = outbox;
        this.sender = sender;
        this.clock = clock;
    }

    /** Queues a text by staff; refuses a number that opted out. */
    Uni<SmsMessage> write(String phoneNumber, String body, UUID bookingId) {
        return tenant.transaction(() -> optOuts.isOut(phoneNumber)
                .invoke(out -> {
                    if (out) {
                        throw new Conflict("This number has opted out of texts").type("opted-out");
                    }
                })
                .chain(() -> persist(SmsMessage.byStaff(phoneNumber, body, bookingId, clock.instant())))
                .call(message -> outbox.append(message.queued()))
                .invoke(message -> sender.wakeSoon(tenant.id())));
    }

    Uni<SmsMessage> get(UUID id) {
        return tenant.transaction(() -> findById(id))
                .onItem()
                .ifNull()
                .failWith(() -> new NotFound("No text has this id"));
    }

    Uni<Page<SmsMessage>> list(ListQuery query) {
        Filter filter = filter(query);
        return tenant.transaction(() -> find(filter.where(), NEWEST_FIRST, filter.values())
                        .range(0, query.limit())
                        .list())
                .map(rows -> Page.of(rows, query.limit(), SmsMessages::cursor));
    }

    /** Every row the query matches, newest first, a page in memory at a time. */
    Multi<SmsMessage> export(ListQuery query) {
        int page = ListQuery.MAX_LIMIT;
        String clientId = tenant.id();
        Filter filter = filter(query);
        return Multi.createBy()
                .repeating()
                .uni(
                        () -> new Cursor[] {query.cursor().orElse(null)},
                        last -> tenant.transaction(
                                        clientId,
                                        () -> find(
                                                        after(filter, last[0]).where(),
                                                        NEWEST_FIRST,
                                                        after(filter, last[0]).values())
                                                .range(0, page - 1)
                                                .list())
                                .invoke(rows -> last[0] = rows.isEmpty() ? null : cursor(rows.get(rows.size() - 1))))
                .whilst(rows -> rows.size() == page)
                .onItem()
                .disjoint();
    }

    private static Cursor cursor(SmsMessage message) {
        return new Cursor(message.createdAt, message.id);
    }

    private record Filter(String where, Map<String, Object> values) {}

    private Filter filter(ListQuery query) {
        List<String> where = new ArrayList<>(List.of("1 = 1"));
        Parameters values = new Parameters();
        String region = clients.get(tenant.id()).region();
        query.text("phone")
                .map(text -> Phones.parse(text, region).orElse(text.trim()))
                .ifPresent(phone -> {
                    where.add("phoneNumber = :phone");
                    values.and("phone", phone);
                });
        query.oneOf("status", STATUSES).ifPresent(status -> {
            where.add("status = :status");
            values.and("status", status);
        });
        query.oneOf("direction", DIRECTIONS).ifPresent(direction -> {
            where.add("direction = :direction");
            values.and("direction", direction);
        });
        query.oneOf("purpose", PURPOSES).ifPresent(purpose -> {
            where.add("purpose = :purpose");
            values.and("purpose", purpose);
        });
        query.id("booking_id").ifPresent(booking -> {
            where.add("bookingId = :booking");
            values.and("booking", booking);
        });
        query.from().ifPresent(from -> {
            where.add("createdAt >= :from");
            values.and("from", from);
        });
        query.before().ifPresent(before -> {
            where.add("createdAt < :before");
            values.and("before", before);
        });
        query.text("q").ifPresent(q -> {
            where.add("lower(messageBody) like :q escape '!'");
            values.and("q", "%" + q.toLowerCase().replaceAll("([!%_])", "!$1") + "%");
        });
        return after(
                new Filter(String.join(" and ", where), values.map()),
                query.cursor().orElse(null));
    }

    private static Filter after(Filter filter, Cursor cursor) {
        if (cursor == null) {
            return filter;
        }
        Parameters values = new Parameters();
        filter.values().forEach(values::and);
        values.and("at", cursor.at()).and("id", cursor.id());
        return new Filter(filter.where() + " and (createdAt < :at or (createdAt = :at and id < :id))", values.map());
    }
}
