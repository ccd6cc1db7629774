-- What providers call the call, what they said about it, and what is still to be asked.
alter table calls
    add provider          text,
    add provider_call_id  text,
    add carrier_call_id   text,
    add provider_status   text,
    add ended_reason      text,
    add started_at        timestamptz not null default now(),
    add answered_at       timestamptz,
    add ended_at          timestamptz,
    add summary           text,
    add version           bigint not null default 1,
    -- Two bills for one call, kept apart; cost is their sum.
    add carrier_cost      numeric(12, 6),
    add agent_cost        numeric(12, 6),
    -- The carrier bills us for this call; its price is to be asked for.
    add carrier_bills     boolean not null default false,
    -- Who said the terminal status (carrier, agent, guess): it decides what may still correct it.
    add status_source     text,
    -- Number of the last non-terminal callback that carried one.
    add last_sequence     integer,
    -- Time of the voice AI's report that filled the row; a newer report replaces, everything else only fills gaps.
    add reported_at       timestamptz,
    add agent_started     boolean not null default false,
    -- Short facts from providers, such as [voicemail]; notes is made of them and the summary until staff write their own.
    add remarks           text[] not null default '{}',
    -- Columns that staff have written: providers leave them alone.
    add edited            text[] not null default '{}',
    add recording_consent boolean,
    add erased_at         timestamptz,
    -- When to ask the provider next, and how often it was asked in this state.
    add check_at          timestamptz,
    add checks            integer not null default 0;

create unique index calls_provider_call_id on calls (client_id, provider, provider_call_id);
create unique index calls_carrier_call_id on calls (client_id, carrier_call_id);
create index calls_check_at on calls (check_at) where check_at is not null;
create index calls_transcript on calls using gin (to_tsvector('simple', transcript)) where transcript is not null;
create index calls_newest on calls (client_id, created_at desc, id desc);

-- Raw provider messages, secrets stripped. The key outlives the body: a replayed webhook is a duplicate for ever.
create table call_events (
    id               uuid primary key default uuidv7(),
    client_id        text not null default current_setting('app.client_id', true),
    received_at      timestamptz not null default now(),
    provider         text not null,
    dedupe_key       text not null,
    kind             text not null,
    call_id          uuid,
    body             text
);
create unique index call_events_dedupe_key on call_events (client_id, provider, dedupe_key);
create index call_events_call_id on call_events (call_id, received_at);
create index call_events_received_at on call_events (received_at) where body is not null;
call enforce_tenancy('call_events');
call let_workers_see('call_events');

-- What the agent's tools were asked during a call and what they answered: the same question has one effect and one answer.
create table tool_invocations (
    id            uuid primary key default gen_random_uuid(),
    client_id     text not null default current_setting('app.client_id', true),
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now(),
    call_id       uuid not null,
    tool_call_key text not null,
    name          text not null,
    arguments     jsonb not null,
    -- running, answered, or unsettled: asked, no answer came, to be asked again under the same key.
    state         text not null default 'running' check (state in ('running', 'answered', 'unsettled')),
    ok            boolean,
    answer        text,
    attempts      integer not null default 0,
    retry_at      timestamptz
);
create unique index tool_invocations_key on tool_invocations (client_id, call_id, tool_call_key);
create index tool_invocations_retry_at on tool_invocations (retry_at) where retry_at is not null;
create trigger update_tool_invocations_updated_at before update on tool_invocations
    for each row execute function update_updated_at_column();
call enforce_tenancy('tool_invocations');
call let_workers_see('tool_invocations');

-- Copies of what other services own, fed by events: agents answer from them with every other service down.
create table faq_copies (
    client_id     text not null default current_setting('app.client_id', true),
    id            uuid not null,
    version       bigint not null,
    category      text,
    question      text,
    answer        text,
    keywords      text[] not null default '{}',
    is_active     boolean not null default false,
    display_order integer not null default 0,
    primary key (client_id, id)
);
call enforce_tenancy('faq_copies');

create table prompt_copies (
    client_id      text not null default current_setting('app.client_id', true),
    prompt_type    text not null,
    version        bigint not null,
    id             uuid not null,
    prompt_version text,
    system_prompt  text not null,
    primary key (client_id, prompt_type)
);
call enforce_tenancy('prompt_copies');

create table customer_copies (
    client_id text not null default current_setting('app.client_id', true),
    id        uuid not null,
    version   bigint not null,
    phone     text,
    name      text,
    address   text,
    primary key (client_id, id)
);
create index customer_copies_phone on customer_copies (phone);
call enforce_tenancy('customer_copies');

-- Services and opening hours as they were when booking-service last answered.
create table catalogue_copies (
    client_id  text primary key default current_setting('app.client_id', true),
    services   jsonb not null,
    hours      jsonb not null,
    fetched_at timestamptz not null default now()
);
call enforce_tenancy('catalogue_copies');
