-- A CSV of customers comes in parts of at most 1 MiB and is applied as a whole, or not at all.
create table imports (
    client_id    text not null default current_setting('app.client_id', true),
    id           uuid primary key,
    status       text not null check (status in ('receiving', 'applying', 'done', 'failed')),
    received     integer not null default 0,
    applied      integer not null default 0,
    created      integer not null default 0,
    updated      integer not null default 0,
    errors       jsonb not null default '[]',
    error_count  integer not null default 0,
    started_at   timestamptz not null,
    finished_at  timestamptz
);
call enforce_tenancy('imports');
call let_workers_see('imports');

-- The rows that were read, until they are applied.
create table import_rows (
    client_id text not null default current_setting('app.client_id', true),
    import_id uuid not null references imports (id) on delete cascade,
    line      integer not null,
    phone     text not null,
    name      text not null,
    email     text,
    notes     text,
    tags      text[] not null,
    address   text,
    primary key (import_id, line)
);
create index idx_import_rows_phone on import_rows (client_id, phone);
call enforce_tenancy('import_rows');
