-- Who was forgotten: a keyed hash of the number and when, so that replayed events bring nobody back. The number itself is
-- kept only until the second pass, some seconds later, which catches what was being written during the first.
create table erased_people (
    client_id   text not null default current_setting('app.client_id', true),
    erasure_id  uuid not null,
    pseudonym   text not null,
    phone       text,
    customer_id uuid not null,
    erased_at   timestamptz not null,
    received_at timestamptz not null default now(),
    settled_at  timestamptz,
    row_count   integer not null default 0,
    primary key (client_id, erasure_id, pseudonym)
);
create index idx_erased_people_unsettled on erased_people (received_at) where settled_at is null;
call enforce_tenancy('erased_people');
call let_workers_see('erased_people');
