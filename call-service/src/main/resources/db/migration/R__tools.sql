-- Begins a tool call of a conversation, or finds the one it repeats: by the provider's id for it, or, for a change, by the
-- same content as the call's latest change, unless that was refused. Nothing when the call is unknown.
create or replace function begin_tool(
    of_provider text, of_call text, key text, tool text, given jsonb, changes boolean)
    returns setof tool_invocations language plpgsql as $$
#variable_conflict use_column
declare
    of_id uuid;
    found_id uuid;
begin
    -- Also keeps two repetitions from beginning at the same time.
    select c.id into of_id from calls c where c.provider = of_provider and c.provider_call_id = of_call for update;
    if not found then
        return;
    end if;
    select t.id into found_id from tool_invocations t where t.call_id = of_id and t.tool_call_key = key;
    if not found and changes then
        select last.id into found_id from (
            select t.id, t.name, t.arguments, t.ok from tool_invocations t
            where t.call_id = of_id and t.name in ('create_booking', 'reschedule_booking', 'cancel_booking', 'update_address')
            order by t.created_at desc limit 1) last
        where last.name = tool and last.arguments = given and last.ok is not false;
    end if;
    if found_id is null then
        insert into tool_invocations (call_id, tool_call_key, name, arguments, retry_at)
        values (of_id, key, tool, given, case when changes then now() + interval '15 seconds' end)
        returning id into found_id;
    end if;
    return query select * from tool_invocations t where t.id = found_id;
end;
$$;

-- What a tool did is part of the call: the booking it made, the name the caller gave, a remark for staff.
create or replace function note_call(of_id uuid, booking uuid, caller text, remark text, trace text)
    returns void language plpgsql as $$
declare
    c calls;
begin
    update calls set
        booking_id = coalesce(booking, booking_id),
        customer_name = case when 'customer_name' = any (edited) or reported_at is not null or erased_at is not null
                             then customer_name else coalesce(caller, customer_name) end,
        remarks = case when remark is null or remark = any (remarks) or erased_at is not null then remarks
                       else array(select unnest(remarks || remark) order by 1) end,
        version = version + 1
    where id = of_id
    returning * into c;
    if found then
        if not 'notes' = any (c.edited) then
            update calls set notes = nullif(concat_ws(E'\n', variadic remarks || summary), '') where id = of_id;
        end if;
        perform publish_call(c, 'call.updated.v1', trace);
    end if;
end;
$$;
