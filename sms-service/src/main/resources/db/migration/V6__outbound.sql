-- How much went out in a window: by number, by prefix, by client, and what it may have cost (in 1/10000).
create table send_counters (
    client_id    text not null default current_setting('app.client_id', true),
    scope        text not null,
    window_start timestamptz not null,
    count        integer not null,
    primary key (client_id, scope, window_start)
);
call enforce_tenancy('send_counters');

-- Bookings as booking-service last told: a text about a time that was given up must not go out.
create table booking_copies (
    id           uuid not null,
    client_id    text not null default current_setting('app.client_id', true),
    version      bigint not null,
    time_version bigint not null,
    phone_number text not null,
    reference    text,
    status       text not null,
    scheduled_at timestamptz not null,
    time_zone    text not null,
    primary key (client_id, id)
);
create index idx_booking_copies_phone on booking_copies (client_id, phone_number, scheduled_at);
call enforce_tenancy('booking_copies');
