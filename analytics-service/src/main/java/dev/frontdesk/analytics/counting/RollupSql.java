package dev.frontdesk.analytics.counting;

/** The statements that keep the rollups. Definitions are those of the views {@code *_from_facts}, in differences. */
final class RollupSql {

    private RollupSql() {}

    /** Batches of a client share it, a recount has it alone; $1 is the client. */
    static final String LOCK = "hashtextextended('rollups ' || $1, 0)";

    /**
     * $1 client, $2 to $19 the columns of the facts, $20 traceparent. Answers how many counters changed, and the phones
     * whose latest contact may have been taken away. Every row it may have to wait for is taken in the order of its key.
     */
    static final String ADD = """
            with live as materialized (
                select pg_advisory_xact_lock_shared(%s)
            ), incoming as (
                select fact.* from live, unnest($2::text[], $3::uuid[], $4::bigint[], $5::text[], $6::timestamptz[], $7::date[], $8::smallint[],
                                     $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[],
                                     $16::numeric[], $17::numeric[], $18::uuid[], $19::boolean[])
                    as fact (kind, id, version, phone, occurred_at, date, hour, status, direction, provider, sentiment, source, service,
                             purpose, cost, paid, booking_id, counts)
            ), changed as (
                insert into facts as known (kind, id, version, phone, occurred_at, date, hour, status, direction, provider, sentiment,
                                            source, service, purpose, cost, paid, booking_id, counts, client_id)
                select incoming.*, $1::text from incoming
                on conflict (kind, client_id, id) do update set
                    version = excluded.version, phone = excluded.phone, occurred_at = excluded.occurred_at, date = excluded.date,
                    hour = excluded.hour, status = excluded.status, direction = excluded.direction, provider = excluded.provider,
                    sentiment = excluded.sentiment, source = excluded.source, service = excluded.service, purpose = excluded.purpose,
                    cost = excluded.cost, paid = excluded.paid, booking_id = excluded.booking_id, counts = excluded.counts
                where known.version < excluded.version
                returning old as before, new as after
            ), part as materialized (
                select -1 as sign, (before).* from changed where (before).counts
                union all
                select 1, (after).* from changed where (after).counts
            ), by_hour as materialized (
                select date, hour,
                       coalesce(sum(sign) filter (where kind = 'calls'), 0) as calls,
                       coalesce(sum(sign) filter (where kind = 'bookings'), 0) as bookings,
                       coalesce(sum(sign) filter (where kind = 'texts'), 0) as texts,
                       sum(sign * cost) as cost,
                       coalesce(sum(sign) filter (where kind = 'calls' and status = 'completed'), 0) as successful,
                       coalesce(sum(sign) filter (where kind = 'calls' and status in ('failed', 'no-answer', 'busy')), 0) as failed
                from part group by date, hour
            ), days as (
                insert into analytics as day (client_id, date, total_calls, total_bookings, total_sms, total_cost, successful_calls,
                                              failed_calls, conversion_rate)
                select $1, date, sum(calls), sum(bookings), sum(texts), sum(cost), sum(successful), sum(failed),
                       conversion_rate(sum(bookings)::bigint, sum(calls)::bigint)
                from by_hour group by date
                having sum(calls) <> 0 or sum(bookings) <> 0 or sum(texts) <> 0 or sum(cost) <> 0 or sum(successful) <> 0 or sum(failed) <> 0
                order by date
                on conflict (client_id, date) do update set
                    total_calls = day.total_calls + excluded.total_calls,
                    total_bookings = day.total_bookings + excluded.total_bookings,
                    total_sms = day.total_sms + excluded.total_sms,
                    total_cost = day.total_cost + excluded.total_cost,
                    successful_calls = day.successful_calls + excluded.successful_calls,
                    failed_calls = day.failed_calls + excluded.failed_calls,
                    conversion_rate = conversion_rate(day.total_bookings + excluded.total_bookings, day.total_calls + excluded.total_calls),
                    updated_at = clock_timestamp()
            ), hours as (
                insert into analytics_hours as known (client_id, date, hour, total_calls, total_bookings, total_sms, total_cost,
                                                     successful_calls, failed_calls)
                select $1, date, hour, calls, bookings, texts, cost, successful, failed
                from by_hour where calls <> 0 or bookings <> 0 or texts <> 0 or cost <> 0 or successful <> 0 or failed <> 0
                order by date, hour
                on conflict (client_id, date, hour) do update set
                    total_calls = known.total_calls + excluded.total_calls,
                    total_bookings = known.total_bookings + excluded.total_bookings,
                    total_sms = known.total_sms + excluded.total_sms,
                    total_cost = known.total_cost + excluded.total_cost,
                    successful_calls = known.successful_calls + excluded.successful_calls,
                    failed_calls = known.failed_calls + excluded.failed_calls
            ), breakdown as (
                insert into analytics_breakdown as known (client_id, date, kind, dimension, value, total)
                select $1, date, kind, dimension, value, sum(sign)
                from part cross join lateral (
                    values ('status', status), ('direction', direction), ('provider', provider), ('sentiment', sentiment),
                           ('source', source), ('service', service), ('purpose', purpose)
                ) as trait (dimension, value)
                where value is not null
                group by date, kind, dimension, value having sum(sign) <> 0
                order by date, kind, dimension, value
                on conflict (client_id, date, kind, dimension, value) do update set total = known.total + excluded.total
            ), counter as (
                insert into customer_counters as known (client_id, phone, version, total_bookings, total_calls, last_contact, total_spent)
                select $1, phone, next_version(0),
                       coalesce(sum(sign) filter (where kind = 'bookings'), 0), coalesce(sum(sign) filter (where kind = 'calls'), 0),
                       max(occurred_at) filter (where sign = 1 and (kind <> 'texts' or direction = 'inbound')), sum(sign * paid)
                from part where phone is not null
                group by phone
                having coalesce(sum(sign) filter (where kind <> 'texts'), 0) <> 0 or sum(sign * paid) <> 0
                    or max(occurred_at) filter (where sign = 1 and (kind <> 'texts' or direction = 'inbound')) is not null
                order by phone
                on conflict (client_id, phone) do update set
                    version = next_version(known.version),
                    total_bookings = known.total_bookings + excluded.total_bookings,
                    total_calls = known.total_calls + excluded.total_calls,
                    last_contact = greatest(known.last_contact, excluded.last_contact),
                    total_spent = known.total_spent + excluded.total_spent
                where excluded.total_bookings <> 0 or excluded.total_calls <> 0 or excluded.total_spent <> 0
                    or known.last_contact is null or known.last_contact < excluded.last_contact
                returning new as now
            ), published as (
                insert into outbox (client_id, aggregatetype, aggregateid, type, payload, traceparent)
                select $1, 'customer-counters', (now).phone, 'customer-counters.changed.v1',
                       counters_changed(now), $20
                from counter
            )
            select (select count(*) from counter) as counters,
                   (select array_agg(distinct (before).phone) from changed
                    where (before).counts and (before).phone is not null
                      and (not (after).counts or (after).phone is distinct from (before).phone or (after).occurred_at < (before).occurred_at)) as moved
            """.formatted(LOCK);

    /** $1 phones, $2 traceparent: counts these customers anew, which is how a latest contact is taken away. */
    static final String COUNT_AGAIN = """
            with counter as (
                insert into customer_counters as known (phone, version, total_bookings, total_calls, last_contact, total_spent)
                select moved.phone, next_version(0),
                       count(*) filter (where kind = 'bookings'), count(*) filter (where kind = 'calls'),
                       max(occurred_at) filter (where kind <> 'texts' or direction = 'inbound'), coalesce(sum(paid), 0)
                from unnest($1::text[]) as moved (phone) left join facts on facts.phone = moved.phone and counts
                group by moved.phone order by moved.phone
                on conflict (client_id, phone) do update set
                    version = next_version(known.version), total_bookings = excluded.total_bookings,
                    total_calls = excluded.total_calls, last_contact = excluded.last_contact, total_spent = excluded.total_spent
                where (known.total_bookings, known.total_calls, known.last_contact, known.total_spent)
                    is distinct from (excluded.total_bookings, excluded.total_calls, excluded.last_contact, excluded.total_spent)
                returning new as now
            )
            insert into outbox (aggregatetype, aggregateid, type, payload, traceparent)
            select 'customer-counters', (now).phone, 'customer-counters.changed.v1', counters_changed(now), $2 from counter
            """;
}
