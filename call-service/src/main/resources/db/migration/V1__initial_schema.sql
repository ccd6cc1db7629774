-- The seed's table. Wider than the seed: client_id, and cost with six places, because a minute costs fractions of a cent.
-- booking_id is an id in another service's database: events keep it right, a foreign key can't.
create table calls (
    id            uuid primary key default gen_random_uuid(),
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now(),
    phone_number  text not null,
    customer_name text,
    duration      integer not null default 0,
    status        text check (status in ('completed', 'failed', 'no-answer', 'busy', 'in-progress')),
    call_type     text check (call_type in ('inbound', 'outbound')),
    recording_url text,
    transcript    text,
    cost          numeric(12, 6) not null default 0,
    notes         text,
    sentiment     text check (sentiment in ('positive', 'neutral', 'negative')),
    booking_id    uuid,
    client_id     text not null default current_setting('app.client_id', true)
);

create trigger update_calls_updated_at before update on calls
    for each row execute function update_updated_at_column();

call enforce_tenancy('calls');
call let_workers_see('calls');
