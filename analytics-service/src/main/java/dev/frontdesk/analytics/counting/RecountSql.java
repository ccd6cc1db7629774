package dev.frontdesk.analytics.counting;

/** The statements that count from the facts, by the views of the same names. Ranges are $1 to $2, both included. */
final class RecountSql {

    private RecountSql() {}

    /**
     * $3 is the client's zone: where that was changed, facts leave the range or come into it, from two days away at the most.
     * Answers the days they left and came to, some of which lie outside.
     */
    static final String PUT_ON_LOCAL_DAYS = """
            with moved as (
                update facts set date = (occurred_at at time zone $3)::date, hour = extract(hour from occurred_at at time zone $3)
                where date between $1::date - 2 and $2::date + 2
                  and (date between $1 and $2 or (occurred_at at time zone $3)::date between $1 and $2)
                  and (date, hour) is distinct from
                      ((occurred_at at time zone $3)::date, extract(hour from occurred_at at time zone $3))
                returning old.date as before, new.date as after
            )
            select before as date from moved union select after from moved
            """;

    private static final String SIDES = """
            with live as (select date, what, figures from rollups_live where %1$s),
                 facts as (select date, what, figures from rollups_recounted where %1$s)
            """;

    /** $3 are days outside the range to look at as well. */
    static final String WRONG_DAYS = SIDES.formatted("date between $1 and $2 or date = any($3::date[])") + """
            select distinct date
            from ((select * from live except select * from facts) union all (select * from facts except select * from live)) as wrong
            order by date
            """;

    static final String DIFFERENCES = SIDES.formatted("date between $1 and $2") + """
            select coalesce(live.date, facts.date) as date, coalesce(live.what, facts.what) as what,
                   live.figures::text[] as live, facts.figures::text[] as facts
            from live full join facts on live.date = facts.date and live.what = facts.what
            where live.figures is distinct from facts.figures
            order by 1, 2 limit 1000
            """;

    /** $1 the days to put right, also below. */
    static final String CLEAR_HOURS = "delete from analytics_hours where date = any($1)";

    static final String COUNT_HOURS = """
            insert into analytics_hours (date, hour, total_calls, total_bookings, total_sms, total_cost, successful_calls, failed_calls)
            select date, hour, total_calls, total_bookings, total_sms, total_cost, successful_calls, failed_calls
            from hours_from_facts where date = any($1)
            """;

    static final String CLEAR_BREAKDOWN = "delete from analytics_breakdown where date = any($1)";

    static final String COUNT_BREAKDOWN = """
            insert into analytics_breakdown (date, kind, dimension, value, total)
            select date, kind, dimension, value, total from breakdown_from_facts where date = any($1)
            """;

    static final String COUNT_DAYS = """
            insert into analytics as day (date, total_calls, total_bookings, total_sms, total_cost, successful_calls, failed_calls,
                                          conversion_rate)
            select wrong.date, coalesce(total_calls, 0), coalesce(total_bookings, 0), coalesce(total_sms, 0),
                   coalesce(total_cost, 0), coalesce(successful_calls, 0), coalesce(failed_calls, 0),
                   conversion_rate(coalesce(total_bookings, 0), coalesce(total_calls, 0))
            from unnest($1::date[]) as wrong (date) left join days_from_facts using (date)
            on conflict (client_id, date) do update set
                total_calls = excluded.total_calls, total_bookings = excluded.total_bookings, total_sms = excluded.total_sms,
                total_cost = excluded.total_cost, successful_calls = excluded.successful_calls,
                failed_calls = excluded.failed_calls, conversion_rate = excluded.conversion_rate,
                updated_at = clock_timestamp()
            """;

    private static final String COUNTERS = """
            select phone, coalesce(facts.total_bookings, 0) as total_bookings, coalesce(facts.total_calls, 0) as total_calls,
                   facts.last_contact, coalesce(facts.total_spent, 0) as total_spent
            from customer_counters as live full join counters_from_facts as facts using (phone)
            where (coalesce(live.total_bookings, 0), coalesce(live.total_calls, 0), live.last_contact, coalesce(live.total_spent, 0))
                  is distinct from
                  (coalesce(facts.total_bookings, 0), coalesce(facts.total_calls, 0), facts.last_contact, coalesce(facts.total_spent, 0))
            """;

    static final String WRONG_COUNTERS = "select phone from (" + COUNTERS + ") as wrong order by phone limit 1000";

    /** $1 traceparent. */
    static final String COUNT_CUSTOMERS = "with wrong as (" + COUNTERS + """
            ), counter as (
                insert into customer_counters as known (phone, version, total_bookings, total_calls, last_contact, total_spent)
                select phone, next_version(0), total_bookings, total_calls, last_contact, total_spent from wrong order by phone
                on conflict (client_id, phone) do update set
                    version = next_version(known.version), total_bookings = excluded.total_bookings,
                    total_calls = excluded.total_calls, last_contact = excluded.last_contact, total_spent = excluded.total_spent
                returning new as now
            )
            insert into outbox (aggregatetype, aggregateid, type, payload, traceparent)
            select 'customer-counters', (now).phone, 'customer-counters.changed.v1', counters_changed(now), $1 from counter
            """;

    static final String ORPHANS = """
            select kind, id, booking_id from facts as fact
            where counts and date between $1 and $2 and booking_id is not null
              and not exists (select from facts as booking
                              where booking.kind = 'bookings' and booking.client_id = fact.client_id and booking.id = fact.booking_id)
            order by occurred_at desc limit 1000
            """;
}
