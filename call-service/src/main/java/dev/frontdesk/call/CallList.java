package dev.frontdesk.call;

import dev.frontdesk.http.Cursor;
import dev.frontdesk.http.ListQuery;
import dev.frontdesk.phone.Phones;
import dev.frontdesk.settings.Clients.Client;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.ws.rs.core.UriInfo;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which calls somebody wants to see, as SQL: newest first, each filter one condition. */
final class CallList {

    private static final String[] FILTERS = {
        "phone",
        "status",
        "call_type",
        "sentiment",
        "from",
        "to",
        "q",
        "has_booking",
        "booking_id",
        "min_duration",
        "provider"
    };
    private static final List<String> STATUSES = List.of("completed", "failed", "no-answer", "busy", "in-progress");

    private final List<String> conditions = new ArrayList<>();
    private final Tuple values = Tuple.tuple();
    private final int limit;

    private CallList(int limit) {
        this.limit = limit;
    }

    static CallList of(UriInfo uri, Client client) {
        ListQuery query = ListQuery.of(uri, client.timeZone(), FILTERS);
        CallList list = new CallList(query.limit());
        list.where("phone_number = %s", query.text("phone").map(it -> number(it, client)));
        list.where("status = %s", query.oneOf("status", STATUSES));
        list.where("call_type = %s", query.oneOf("call_type", List.of("inbound", "outbound")));
        list.where("sentiment = %s", query.oneOf("sentiment", List.of("positive", "neutral", "negative")));
        list.where("provider = %s", query.text("provider"));
        list.where("booking_id = %s", query.id("booking_id"));
        list.where("duration >= %s", query.number("min_duration"));
        list.where("(booking_id is not null) = %s", query.flag("has_booking"));
        list.where("created_at >= %s", query.from().map(it -> it.atOffset(ZoneOffset.UTC)));
        list.where("created_at < %s", query.before().map(it -> it.atOffset(ZoneOffset.UTC)));
        list.where(
                "transcript is not null and to_tsvector('simple', left(transcript, 200000)) @@ websearch_to_tsquery('simple', %s)",
                query.text("q"));
        query.cursor().ifPresent(list::after);
        return list;
    }

    /** The same calls, from the cursor on, so many at a time. */
    CallList page(Optional<Cursor> cursor, int rows) {
        CallList page = new CallList(rows);
        page.conditions.addAll(conditions);
        for (int i = 0; i < values.size(); i++) {
            page.values.addValue(values.getValue(i));
        }
        cursor.ifPresent(page::after);
        return page;
    }

    int limit() {
        return limit;
    }

    /** One row more than asked for, which only says that there is a next page. */
    String sql() {
        String where = conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions);
        return "select %s from calls %s order by created_at desc, id desc limit %d"
                .formatted(CallView.COLUMNS, where, limit + 1);
    }

    Tuple values() {
        return values;
    }

    private void after(Cursor cursor) {
        values.addValue(cursor.at().atOffset(ZoneOffset.UTC)).addValue(cursor.id());
        conditions.add("(created_at, id) < ($%d, $%d)".formatted(values.size() - 1, values.size()));
    }

    private void where(String condition, Optional<?> value) {
        value.ifPresent(it -> {
            values.addValue(it);
            conditions.add(condition.formatted("$" + values.size()));
        });
    }

    private static String number(String spelling, Client client) {
        return Phones.parse(spelling, client.region()).orElse(spelling.trim());
    }
}
