-- The seed's tables of this service. Wider than the seed: client_id, version, phone unique per client.

create table customers (
    id              uuid primary key default gen_random_uuid(),
    created_at      timestamptz not null default now(),
    updated_at      timestamptz not null default now(),
    client_id       text not null default current_setting('app.client_id', true),
    name            text not null,
    phone           text not null,
    email           text,
    total_bookings  integer not null default 0,
    total_calls     integer not null default 0,
    last_contact    timestamptz,
    notes           text,
    tags            text[] not null default '{}',
    address         text,
    total_spent     decimal(10, 2) not null default 0,
    constraint customers_phone_key unique (client_id, phone)
);

create table faqs (
    id            uuid primary key default gen_random_uuid(),
    client_id     text not null default current_setting('app.client_id', true),
    category      text not null,
    question      text not null,
    answer        text not null,
    keywords      text[] not null default '{}',
    is_active     boolean not null default true,
    display_order integer not null default 0,
    usage_count   integer not null default 0,
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now()
);

create table system_prompts (
    id             uuid primary key default gen_random_uuid(),
    client_id      text not null default current_setting('app.client_id', true),
    prompt_type    text not null check (prompt_type in ('voice', 'sms')),
    system_prompt  text not null,
    prompt_version text not null default 'v1.0.0',
    is_active      boolean not null default true,
    created_at     timestamptz not null default now(),
    updated_at     timestamptz not null default now()
);

create trigger update_customers_updated_at before update on customers
    for each row execute function update_updated_at_column();
create trigger update_faqs_updated_at before update on faqs
    for each row execute function update_updated_at_column();
create trigger update_prompts_updated_at before update on system_prompts
    for each row execute function update_updated_at_column();

call enforce_tenancy('customers');
call enforce_tenancy('faqs');
call enforce_tenancy('system_prompts');
