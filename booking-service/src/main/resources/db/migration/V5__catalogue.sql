-- What a client sells, with what, and when. Prices, durations and hours are decided here, never by a caller or a model.

-- The rules of a client. `version` moves with every change of any table in this file: whoever has read the catalogue at
-- one version knows in one comparison whether it still holds.
create table booking_rules (
    client_id             text primary key default current_setting('app.client_id', true),
    version               bigint not null default 1,
    lead_time_minutes     integer not null default 60 check (lead_time_minutes between 0 and 43200),
    horizon_days          integer not null default 120 check (horizon_days between 1 and 730),
    hold_minutes          integer not null default 5 check (hold_minutes between 1 and 60),
    cancel_cutoff_minutes integer not null default 0 check (cancel_cutoff_minutes between 0 and 43200),
    no_show_grace_minutes integer not null default 1440 check (no_show_grace_minutes between 15 and 43200),
    -- Lead times of the reminders, ISO 8601.
    reminders             text[] not null default '{PT24H,PT2H}',
    -- Opens the calendar feed to whoever has the link.
    calendar_token        text not null default replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')
);
call enforce_tenancy('booking_rules');

create table services (
    id               uuid primary key default gen_random_uuid(),
    client_id        text not null default current_setting('app.client_id', true),
    code             text not null check (code ~ '^[a-z0-9][a-z0-9_-]{0,49}$'),
    name             text not null,
    duration_minutes integer not null check (duration_minutes between 5 and 1440),
    buffer_minutes   integer not null default 0 check (buffer_minutes between 0 and 480),
    step_minutes     integer not null default 30 check (step_minutes between 5 and 1440),
    base_price       numeric(10,2) not null check (base_price >= 0),
    price_per_unit   numeric(10,2) check (price_per_unit >= 0),
    max_units        integer check (max_units between 1 and 10000),
    currency         text not null check (currency ~ '^[A-Z]{3}$'),
    active           boolean not null default true,
    display_order    integer not null default 0,
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now(),
    version          bigint not null default 1,
    unique (client_id, code)
);
call enforce_tenancy('services');

create table resources (
    id            uuid primary key default gen_random_uuid(),
    client_id     text not null default current_setting('app.client_id', true),
    code          text not null check (code ~ '^[a-z0-9][a-z0-9_-]{0,49}$'),
    name          text not null,
    active        boolean not null default true,
    display_order integer not null default 0,
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now(),
    version       bigint not null default 1,
    unique (client_id, code)
);
call enforce_tenancy('resources');

-- Local times of a weekday (1 = Monday). Closing at or before opening means on the following day.
create table opening_hours (
    id        uuid primary key default gen_random_uuid(),
    client_id text not null default current_setting('app.client_id', true),
    weekday   smallint not null check (weekday between 1 and 7),
    opens     time not null,
    closes    time not null,
    unique (client_id, weekday, opens)
);
call enforce_tenancy('opening_hours');

-- Holidays, leave, a van at the garage: one resource, or all of them where none is named.
create table closures (
    id          uuid primary key default gen_random_uuid(),
    client_id   text not null default current_setting('app.client_id', true),
    resource_id uuid references resources (id) on delete cascade,
    starts_at   timestamptz not null,
    ends_at     timestamptz not null,
    reason      text,
    created_at  timestamptz not null default now(),
    check (starts_at < ends_at)
);
create index idx_closures_ends_at on closures (client_id, ends_at);
call enforce_tenancy('closures');

create function rules_changed() returns trigger language plpgsql as $$
begin
    new.version = old.version + 1;
    return new;
end;
$$;
create trigger update_booking_rules_version before update on booking_rules
    for each row execute function rules_changed();

create function catalogue_changed() returns trigger language plpgsql as $$
begin
    insert into booking_rules (client_id) values (coalesce(new.client_id, old.client_id))
    on conflict (client_id) do update set version = booking_rules.version;
    return null;
end;
$$;
create trigger catalogue_changed after insert or update or delete on services
    for each row execute function catalogue_changed();
create trigger catalogue_changed after insert or update or delete on resources
    for each row execute function catalogue_changed();
create trigger catalogue_changed after insert or update or delete on opening_hours
    for each row execute function catalogue_changed();
create trigger catalogue_changed after insert or update or delete on closures
    for each row execute function catalogue_changed();

create trigger update_services_updated_at before update on services
    for each row execute function update_updated_at_column();
create trigger update_resources_updated_at before update on resources
    for each row execute function update_updated_at_column();
