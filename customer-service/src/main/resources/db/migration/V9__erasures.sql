-- The receipt of an erasure: asked for once per customer, carried out by every service for each of their numbers.
create table erasures (
    client_id    text not null default current_setting('app.client_id', true),
    id           uuid primary key,
    customer_id  uuid not null unique,
    numbers      integer not null,
    requested_at timestamptz not null,
    requested_by text not null,
    completed_at timestamptz
);
call enforce_tenancy('erasures');

create table erasure_steps (
    client_id  text not null default current_setting('app.client_id', true),
    erasure_id uuid not null references erasures (id),
    service    text not null,
    pseudonym  text not null,
    row_count  integer not null,
    done_at    timestamptz not null,
    primary key (erasure_id, service, pseudonym)
);
call enforce_tenancy('erasure_steps');
call let_workers_see('timeline');
