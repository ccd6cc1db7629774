-- Who is who, and what is known from the other services.

alter table customers
    add column version          bigint not null default 1,
    -- Where the name came from; it only changes for a better one. Empty: not known yet.
    add column name_source      text not null default 'none' check (name_source in ('none', 'call', 'booking', 'staff')),
    -- A duplicate that was merged: the row stays, for its number, and points to the customer it belongs to.
    add column merged_into      uuid references customers (id),
    add column erased_at        timestamptz;
create index idx_customers_merged_into on customers (merged_into) where merged_into is not null;
create index idx_customers_newest on customers (client_id, created_at desc, id desc);

-- What analytics-service last said about a number; customers shows the sum over a customer's numbers.
create table phone_counters (
    client_id      text not null default current_setting('app.client_id', true),
    phone          text not null,
    version        bigint not null,
    total_bookings integer not null,
    total_calls    integer not null,
    last_contact   timestamptz,
    total_spent    decimal(12, 2) not null,
    primary key (client_id, phone)
);
call enforce_tenancy('phone_counters');

-- Calls, texts and bookings as events told them, one row each, without bodies: the copy behind the seed's first query.
create table timeline (
    client_id  text not null default current_setting('app.client_id', true),
    kind       text not null check (kind in ('call', 'text', 'booking')),
    id         uuid not null,
    version    bigint not null,
    phone      text not null,
    at         timestamptz not null,
    summary    text not null,
    created_at timestamptz not null,
    -- A call that turned out to be another one: kept for its version, shown nowhere.
    gone       boolean not null default false,
    primary key (client_id, kind, id)
);
create index idx_timeline_phone on timeline (client_id, phone, at desc, id desc);
call enforce_tenancy('timeline');
