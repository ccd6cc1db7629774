-- Columns follow Debezium's EventRouter (id, aggregatetype, aggregateid, type, payload), so that it can replace our relay.
create table outbox (
    id            uuid primary key default uuidv7(),
    client_id     text not null default current_setting('app.client_id', true),
    aggregatetype text not null,
    aggregateid   text not null,
    type          text not null,
    payload       jsonb not null,
    traceparent   text,
    created_at    timestamptz not null default now()
);
call enforce_tenancy('outbox');
call let_workers_see('outbox');
create policy "The relay deletes what the broker acknowledged" on outbox for delete
    using (current_setting('app.worker', true) = 'on');
-- A queue: rows live for milliseconds, so dead ones are cleared early.
alter table outbox set (autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);

-- The first answer to an Idempotency-Key, kept for 24 hours.
create table idempotency_keys (
    client_id    text not null default current_setting('app.client_id', true),
    key          text not null check (length(key) <= 255),
    request_hash text not null,
    status       integer not null,
    headers      jsonb not null default '{}',
    body         jsonb,
    created_at   timestamptz not null default now(),
    primary key (client_id, key)
);
create index idx_idempotency_keys_created_at on idempotency_keys (created_at);
call enforce_tenancy('idempotency_keys');
call let_workers_see('idempotency_keys');
create policy "Workers forget keys after a day" on idempotency_keys for delete
    using (current_setting('app.worker', true) = 'on' and created_at < now() - interval '24 hours');
