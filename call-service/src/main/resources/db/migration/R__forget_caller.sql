-- Takes a person out of calls, raw messages, tool calls and copies; answers how many rows were changed. erased_at keeps
-- late deliveries about these calls from bringing the person back; the course and the cost of the calls are still taken.
create or replace function forget_caller(phone text, pseudonym text, at timestamptz) returns integer language plpgsql as $$
#variable_conflict use_variable
declare
    erased uuid[];
    calls_changed integer;
    copies_changed integer;
begin
    select coalesce(array_agg(c.id), '{}') into erased from calls c
    where c.phone_number in (phone, pseudonym) and c.created_at <= at;

    update call_events e set body = null where e.call_id = any (erased) and e.body is not null;
    update tool_invocations t set arguments = '{}', answer = case when answer is null then null else 'erased' end, retry_at = null
    where t.call_id = any (erased) and (t.arguments <> '{}' or t.answer <> 'erased');
    update calls c set
        phone_number = pseudonym, customer_name = 'erased', transcript = null, recording_url = null, notes = null,
        summary = null, remarks = '{}', erased_at = now(), version = version + 1
    where c.id = any (erased) and c.erased_at is null;
    get diagnostics calls_changed = row_count;
    update customer_copies k set phone = null, name = 'erased', address = null where k.phone = phone;
    get diagnostics copies_changed = row_count;
    return calls_changed + copies_changed;
end;
$$;
