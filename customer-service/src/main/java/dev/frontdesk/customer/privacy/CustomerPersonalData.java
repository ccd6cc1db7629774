package dev.frontdesk.customer.privacy;

import dev.frontdesk.events.CustomerEvent;
import dev.frontdesk.privacy.PersonalData;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;

/** What customer-service knows about people: the customer, the timeline, the number's counters, unanswered questions. */
@ApplicationScoped
class CustomerPersonalData implements PersonalData {

    private static final String PERSON = """
            with person as (select $1::text as number, $2::text as pseudonym, $3::timestamptz as asked_at, $4::text as erasure)
            """;

    /**
     * Somebody erased, back, and erased again has the same pseudonym; the customers' phones are unique, so the second
     * row's gets a tail, and the second counters go.
     */
    private static final List<String> STATEMENTS = List.of(
            """
            update customers set name = 'erased', name_source = 'staff', email = null, notes = null, tags = '{}', address = null,
                phone = case when exists (select from customers where phone = pseudonym)
                             then pseudonym || '-' || left(erasure, 8) else pseudonym end,
                erased_at = asked_at, version = version + 1
            from person where phone = number and created_at <= asked_at
            """,
            "update faq_uses set question = null, phone = null from person where phone = number and used_at <= asked_at",
            // Of uses that do not say who asked.
            """
            update faq_uses set question = null from person
            where question is not null and phone is null and id in (select id from timeline where phone = number and kind = 'text')
            """,
            "update timeline set phone = pseudonym from person where phone = number and created_at <= asked_at",
            """
            delete from phone_counters using person
            where phone = number and (last_contact is null or last_contact <= asked_at)
              and exists (select from phone_counters where phone = pseudonym)
            """,
            """
            update phone_counters set phone = pseudonym from person
            where phone = number and (last_contact is null or last_contact <= asked_at)
            """,
            "delete from import_rows using person where phone = number");

    /** What the second row's number counted is the first row's now. */
    private static final String ADD_UP = """
            select add_up_counters(coalesce(merged_into, id)) from customers, person
            where phone = pseudonym || '-' || left(erasure, 8)
            """;

    @Override
    public Uni<Integer> forget(SqlConnection connection, CustomerEvent.Erased person) {
        Tuple values = Tuple.of(
                person.phone(),
                person.pseudonym(),
                person.occurredAt().atOffset(ZoneOffset.UTC),
                person.erasureId().toString());
        return Multi.createFrom()
                .iterable(STATEMENTS)
                .onItem()
                .transformToUniAndConcatenate(sql ->
                        connection.preparedQuery(PERSON + sql).execute(values).map(SqlResult::rowCount))
                .collect()
                .with(Collectors.summingInt(Integer::intValue))
                .call(() -> connection.preparedQuery(PERSON + ADD_UP).execute(values));
    }
}
