-- The seed's table. Widened: client_id; date is a date, unique per client; total_cost and conversion_rate hold what a
-- text costs and what a busy day converts; not null where a null would mean nothing.
create table analytics (
    id               uuid primary key default gen_random_uuid(),
    client_id        text not null default current_setting('app.client_id', true),
    date             date not null,
    total_calls      integer not null default 0,
    total_bookings   integer not null default 0,
    total_sms        integer not null default 0,
    total_cost       numeric(12, 6) not null default 0,
    successful_calls integer not null default 0,
    failed_calls     integer not null default 0,
    conversion_rate  numeric(7, 2) not null default 0,
    constraint analytics_client_id_date_key unique (client_id, date)
);
call enforce_tenancy('analytics');
