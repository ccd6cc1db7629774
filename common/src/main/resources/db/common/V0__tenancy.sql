-- One client's rows are invisible to every other, in the database itself.

alter default privileges in schema public grant select, insert, update, delete on tables to ${app_role};
alter default privileges in schema public grant usage, select on sequences to ${app_role};

-- The seed's trigger function, under the seed's name.
create or replace function update_updated_at_column() returns trigger language plpgsql as $$
begin
    new.updated_at = now();
    return new;
end;
$$;

-- Row level security, on and forced, with the seed's production policies. An unset client is null: no rows, no writes.
create procedure enforce_tenancy(tbl regclass) language plpgsql as $$
declare
    mine constant text := $p$client_id = current_setting('app.client_id', true)$p$;
begin
    execute format('alter table %s enable row level security', tbl);
    execute format('alter table %s force row level security', tbl);
    execute format('create policy "Users can view own client data" on %s for select using (%s)', tbl, mine);
    execute format('create policy "Users can insert own client data" on %s for insert with check (%s)', tbl, mine);
    execute format('create policy "Users can update own client data" on %s for update using (%s) with check (%s)', tbl, mine, mine);
    execute format('create policy "Users can delete own client data" on %s for delete using (%s)', tbl, mine);
end;
$$;

-- Background work (relay, queues, sweeps) looks for work across clients, then binds the client to do it.
create procedure let_workers_see(tbl regclass) language plpgsql as $$
begin
    execute format($p$create policy "Workers can view every client" on %s for select using (current_setting('app.worker', true) = 'on')$p$, tbl);
end;
$$;
