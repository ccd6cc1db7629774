-- One fact per call, booking and text; every number is a sum over facts. Which columns are set depends on the kind.
create table facts (
    client_id   text not null default current_setting('app.client_id', true),
    kind        text not null check (kind in ('calls', 'bookings', 'texts')),
    id          uuid not null,
    version     bigint not null,
    -- E.164; null when nobody can be called by it: anonymous callers, web calls.
    phone       text,
    -- Start of a call, creation of a booking or text; date and hour are its rendering in the client's zone.
    occurred_at timestamptz not null,
    date        date not null,
    hour        smallint not null,
    status      text,
    direction   text,
    provider    text,
    sentiment   text,
    source      text,
    service     text,
    purpose     text,
    cost        numeric(12, 6) not null default 0,
    paid        numeric(12, 2) not null default 0,
    booking_id  uuid,
    -- False for a call that turned out to be another one: its row stays, so that older events find it newer.
    counts      boolean not null default true,
    primary key (kind, client_id, id)
) partition by list (kind);
create table call_facts partition of facts for values in ('calls') with (fillfactor = 85);
create table booking_facts partition of facts for values in ('bookings') with (fillfactor = 85);
create table sms_facts partition of facts for values in ('texts') with (fillfactor = 85);
create index idx_facts_date on facts (client_id, date);
create index idx_facts_phone on facts (client_id, phone) where phone is not null;
call enforce_tenancy('facts');
call enforce_tenancy('call_facts');
call enforce_tenancy('booking_facts');
call enforce_tenancy('sms_facts');

-- Says that a day changed, to pages that are open.
alter table analytics add column updated_at timestamptz not null default now();
call let_workers_see('analytics');

-- As analytics, by local hour.
create table analytics_hours (
    client_id        text not null default current_setting('app.client_id', true),
    date             date not null,
    hour             smallint not null,
    total_calls      integer not null default 0,
    total_bookings   integer not null default 0,
    total_sms        integer not null default 0,
    total_cost       numeric(12, 6) not null default 0,
    successful_calls integer not null default 0,
    failed_calls     integer not null default 0,
    primary key (client_id, date, hour)
) with (fillfactor = 70);
call enforce_tenancy('analytics_hours');

-- How many calls, bookings or texts of a day are of which status, source, service, sentiment, direction and so on.
create table analytics_breakdown (
    client_id text not null default current_setting('app.client_id', true),
    date      date not null,
    kind      text not null,
    dimension text not null,
    value     text not null,
    total     integer not null default 0,
    primary key (client_id, date, kind, dimension, value)
) with (fillfactor = 70);
call enforce_tenancy('analytics_breakdown');

-- What customer-service shows per customer; version grows with every change, also across a rebuilt database.
create table customer_counters (
    client_id      text not null default current_setting('app.client_id', true),
    phone          text not null,
    version        bigint not null,
    total_bookings integer not null default 0,
    total_calls    integer not null default 0,
    last_contact   timestamptz,
    total_spent    numeric(12, 2) not null default 0,
    primary key (client_id, phone)
) with (fillfactor = 85);
call enforce_tenancy('customer_counters');

create function conversion_rate(bookings bigint, calls bigint) returns numeric language sql immutable as $$
    select case when calls > 0 then least(round(bookings * 100.0 / calls, 2), 99999.99) else 0 end
$$;

-- Newer than every version before, even one that a lost database gave out.
create function next_version(known bigint) returns bigint language sql volatile as $$
    select greatest(known + 1, (extract(epoch from clock_timestamp()) * 1000000)::bigint)
$$;

-- A time as events spell it.
create function rfc3339(at timestamptz) returns text language sql stable as $$
    select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
$$;

-- The payload of customer-counters.changed.v1.
create function counters_changed(now customer_counters) returns jsonb language sql volatile as $$
    select jsonb_build_object(
        'occurred_at', rfc3339(clock_timestamp()), 'phone', now.phone, 'version', now.version,
        'total_bookings', now.total_bookings, 'total_calls', now.total_calls,
        'last_contact', rfc3339(now.last_contact), 'total_spent', now.total_spent)
$$;

-- The definitions of the numbers, once as sums of facts...
create view days_from_facts with (security_invoker = true) as
select client_id, date,
       count(*) filter (where kind = 'calls')::integer as total_calls,
       count(*) filter (where kind = 'bookings')::integer as total_bookings,
       count(*) filter (where kind = 'texts')::integer as total_sms,
       sum(cost) as total_cost,
       count(*) filter (where kind = 'calls' and status = 'completed')::integer as successful_calls,
       count(*) filter (where kind = 'calls' and status in ('failed', 'no-answer', 'busy'))::integer as failed_calls
from facts where counts group by client_id, date;

create view hours_from_facts with (security_invoker = true) as
select client_id, date, hour,
       count(*) filter (where kind = 'calls')::integer as total_calls,
       count(*) filter (where kind = 'bookings')::integer as total_bookings,
       count(*) filter (where kind = 'texts')::integer as total_sms,
       sum(cost) as total_cost,
       count(*) filter (where kind = 'calls' and status = 'completed')::integer as successful_calls,
       count(*) filter (where kind = 'calls' and status in ('failed', 'no-answer', 'busy'))::integer as failed_calls
from facts where counts group by client_id, date, hour;

create view breakdown_from_facts with (security_invoker = true) as
select client_id, date, kind, dimension, value, count(*)::integer as total
from facts cross join lateral (
    values ('status', status), ('direction', direction), ('provider', provider), ('sentiment', sentiment),
           ('source', source), ('service', service), ('purpose', purpose)
) as trait (dimension, value)
where counts and value is not null
group by client_id, date, kind, dimension, value;

create view counters_from_facts with (security_invoker = true) as
select client_id, phone,
       count(*) filter (where kind = 'bookings')::integer as total_bookings,
       count(*) filter (where kind = 'calls')::integer as total_calls,
       max(occurred_at) filter (where kind <> 'texts' or direction = 'inbound') as last_contact,
       sum(paid) as total_spent
from facts where counts and phone is not null
group by client_id, phone;

-- ... and side by side with what the rollups say: a row in one and not in the other is a difference.
create view rollups_live with (security_invoker = true) as
select client_id, date, 'day' as what,
       array[total_calls, total_bookings, total_sms, total_cost, successful_calls, failed_calls, conversion_rate]::numeric[] as figures
from analytics where total_calls <> 0 or total_bookings <> 0 or total_sms <> 0 or total_cost <> 0
union all
select client_id, date, 'hour ' || hour,
       array[total_calls, total_bookings, total_sms, total_cost, successful_calls, failed_calls]::numeric[]
from analytics_hours where total_calls <> 0 or total_bookings <> 0 or total_sms <> 0 or total_cost <> 0
union all
select client_id, date, kind || ' by ' || dimension || ': ' || value, array[total]::numeric[]
from analytics_breakdown where total <> 0;

create view rollups_recounted with (security_invoker = true) as
select client_id, date, 'day' as what,
       array[total_calls, total_bookings, total_sms, total_cost, successful_calls, failed_calls,
             conversion_rate(total_bookings, total_calls)]::numeric[] as figures
from days_from_facts
union all
select client_id, date, 'hour ' || hour,
       array[total_calls, total_bookings, total_sms, total_cost, successful_calls, failed_calls]::numeric[]
from hours_from_facts
union all
select client_id, date, kind || ' by ' || dimension || ': ' || value, array[total]::numeric[]
from breakdown_from_facts;
