-- What a client says in place of our own words.
create table templates (
    id         uuid primary key default uuidv7(),
    client_id  text not null default current_setting('app.client_id', true),
    purpose    text not null check (purpose in
        ('confirmation', 'change', 'cancellation', 'reminder', 'text-back', 'opt-out', 'help', 'hand-over')),
    body       text not null check (length(body) between 1 and 1600),
    version    bigint not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (client_id, purpose)
);
call enforce_tenancy('templates');
create trigger update_templates_updated_at before update on templates
    for each row execute function update_updated_at_column();
