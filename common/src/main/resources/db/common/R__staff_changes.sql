-- Who of the staff changed what and when, noted in the transaction of the change: the names of the columns, never their
-- values, so that nothing personal is kept here. Covers every table with client data. Run at every start: ${flyway:timestamp}
do $$
begin
    if to_regclass('staff_changes') is null then
        create table staff_changes (
            id         uuid primary key default uuidv7(),
            client_id  text not null default current_setting('app.client_id', true),
            changed_at timestamptz not null default now(),
            staff      text not null,
            action     text not null check (action in ('insert', 'update', 'delete')),
            thing      text not null,
            key        text,
            columns    text[]
        );
        create index idx_staff_changes_client_id on staff_changes (client_id, changed_at desc);
        create index idx_staff_changes_key on staff_changes (client_id, thing, key);
        revoke update on staff_changes from ${app_role};
        call enforce_tenancy('staff_changes');
        call let_workers_see('staff_changes');
        drop policy "Users can update own client data" on staff_changes;
        drop policy "Users can delete own client data" on staff_changes;
        create policy "Workers forget changes after three years" on staff_changes for delete
            using (current_setting('app.worker', true) = 'on' and changed_at < now() - interval '3 years');
    end if;
end;
$$;

-- The arguments are the columns of the primary key; a phone among them is masked.
create or replace function note_staff_change() returns trigger language plpgsql as $$
declare
    before jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
    after  jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
begin
    insert into staff_changes (staff, action, thing, key, columns) values (
        current_setting('app.staff', true), lower(tg_op), tg_table_name,
        (select string_agg(
                    case when name like '%phone%'
                         then overlay(coalesce(after, before) ->> name placing '•••' from 6 for greatest(length(coalesce(after, before) ->> name) - 9, 0))
                         else coalesce(after, before) ->> name end, '/' order by place)
         from unnest(tg_argv) with ordinality as argument (name, place)),
        case when tg_op = 'UPDATE' then
            array(select column_name from jsonb_each(after) as changed (column_name, value)
                  where value is distinct from before -> column_name and column_name not in ('updated_at', 'version')
                      and not exists (select from pg_attribute
                                      where attrelid = tg_relid and attname = column_name and attgenerated <> '')
                  order by column_name) end);
    return null;
end;
$$;

do $$
declare
    tbl  regclass;
    keys text;
begin
    for tbl in
        select oid from pg_class
        where relnamespace = 'public'::regnamespace and relrowsecurity and relkind in ('r', 'p') and not relispartition
            and relname not in ('staff_changes', 'outbox', 'idempotency_keys', 'erased_people')
            and not exists (select from pg_trigger where tgrelid = pg_class.oid and tgname = 'note_staff_change')
    loop
        select coalesce(string_agg(quote_literal(attname), ', ' order by attnum), '') into keys
        from pg_index join pg_attribute on attrelid = indrelid and attnum = any(indkey)
        where indrelid = tbl and indisprimary and attname <> 'client_id';
        execute format($t$create trigger note_staff_change after insert or update or delete on %s
            for each row when (current_setting('app.staff', true) <> '') execute function note_staff_change(%s)$t$, tbl, keys);
    end loop;
end;
$$;
