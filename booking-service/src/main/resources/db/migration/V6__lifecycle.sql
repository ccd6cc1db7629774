create extension if not exists btree_gist;

-- Six characters that survive a bad telephone line: no 0/O, 1/I/L.
create function booking_reference() returns text language sql volatile as $$
    select string_agg(substr('23456789ABCDEFGHJKMNPQRSTUVWXYZ', 1 + floor(random() * 31)::int, 1), '')
    from generate_series(1, 6)
$$;

alter table bookings
    -- No foreign key: its row lock on the one resource would queue all who book it. book() takes resources from the
    -- catalogue only, and a resource that has bookings cannot be deleted.
    add column resource_id     uuid,
    add column service_name    text,
    add column buffer_minutes  integer not null default 0 check (buffer_minutes >= 0),
    add column time_zone       text not null default 'UTC',
    add column reference       text not null default booking_reference(),
    add column cancel_reason   text,
    -- Counts every change; what If-Match compares and consumers of events guard with.
    add column version         bigint not null default 1,
    -- Counts creation and each change of time: what confirmations and reminders speak of.
    add column time_version    bigint not null default 1,
    add column time_changed_at timestamptz not null default now(),
    add column created_by      text,
    -- What the resource is taken for: the appointment and the time to get ready for the next.
    add column slot            tstzrange generated always as (
        case when scheduled_at is not null then
            tstzrange(scheduled_at,
                      ((scheduled_at at time zone 'UTC')
                       + make_interval(mins => coalesce(duration_minutes, 0) + buffer_minutes)) at time zone 'UTC')
        end) stored,
    add constraint bookings_reference_key unique (client_id, reference),
    -- The judge: whatever any code believes, a resource is never booked twice for one moment.
    add constraint bookings_never_overlap exclude using gist (client_id with =, resource_id with =, slot with &&)
        where (status in ('pending', 'confirmed', 'scheduled'));
call let_workers_see('bookings');

create index idx_bookings_client_scheduled on bookings (client_id, scheduled_at desc, id desc);

-- Times kept for a caller who is still deciding. They end by themselves: an expired one no longer counts.
create table holds (
    id           uuid primary key default gen_random_uuid(),
    client_id    text not null default current_setting('app.client_id', true),
    resource_id  uuid not null references resources (id) on delete cascade,
    service_type text not null,
    slot         tstzrange not null,
    expires_at   timestamptz not null,
    created_at   timestamptz not null default now()
);
create index idx_holds_slot on holds using gist (client_id, resource_id, slot);
call enforce_tenancy('holds');

-- Who changed what, and why; the creation is told by the booking itself.
create table booking_changes (
    id         uuid primary key default uuidv7(),
    client_id  text not null default current_setting('app.client_id', true),
    booking_id uuid not null references bookings (id) on delete cascade,
    version    bigint not null,
    change     text not null,
    actor      text not null,
    reason     text,
    changed_at timestamptz not null,
    unique (booking_id, version)
);
call enforce_tenancy('booking_changes');

-- One reminder per booking, time and rule, whoever claims it first.
create table reminders (
    client_id    text not null default current_setting('app.client_id', true),
    booking_id   uuid not null references bookings (id) on delete cascade,
    time_version bigint not null,
    rule         text not null,
    claimed_at   timestamptz not null,
    primary key (booking_id, time_version, rule)
);
call enforce_tenancy('reminders');
