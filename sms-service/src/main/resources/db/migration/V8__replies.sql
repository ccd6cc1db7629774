-- Copies of what the business knows, from the compacted topics. A deleted FAQ stays as a tombstone.
create table faq_copies (
    id            uuid not null,
    client_id     text not null default current_setting('app.client_id', true),
    version       bigint not null,
    question      text,
    answer        text,
    keywords      text[] not null default '{}',
    is_active     boolean not null default false,
    display_order integer not null default 0,
    primary key (client_id, id)
);
call enforce_tenancy('faq_copies');

-- The active prompt for texts: for an engine that needs one. Ours does not.
create table prompt_copies (
    prompt_type    text not null,
    client_id      text not null default current_setting('app.client_id', true),
    version        bigint not null,
    prompt_version text,
    system_prompt  text not null,
    primary key (client_id, prompt_type)
);
call enforce_tenancy('prompt_copies');

-- The numbered times last offered to a number for a booking: [{"slot_id", "label"}].
create table slot_offers (
    phone_number text not null,
    client_id    text not null default current_setting('app.client_id', true),
    booking_id   uuid not null,
    slots        jsonb not null,
    created_at   timestamptz not null default now(),
    primary key (client_id, phone_number)
);
call enforce_tenancy('slot_offers');
