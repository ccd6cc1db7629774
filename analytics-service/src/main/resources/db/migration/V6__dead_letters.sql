-- Events that a service could not take in, as they lie on the dead-letter topics, for people to look at and play again.
create table dead_letters (
    id            uuid primary key default uuidv7(),
    -- Whose it is; "unassigned" when it does not say, or names a client that is none.
    client_id     text not null default current_setting('app.client_id', true),
    topic         text not null,
    partition     integer not null,
    record_offset bigint not null,
    -- The topic it was meant for, and the service that could not read it.
    origin        text not null,
    service       text not null,
    key           text,
    type          text,
    reason        text,
    headers       jsonb not null default '{}',
    value         bytea,
    failed_at     timestamptz not null,
    replayed_at   timestamptz,
    constraint dead_letters_record unique (client_id, topic, partition, record_offset, failed_at)
);
create index idx_dead_letters_failed_at on dead_letters (client_id, failed_at desc, id desc);
call enforce_tenancy('dead_letters');
