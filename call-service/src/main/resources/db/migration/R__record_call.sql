-- A moment as the events write it: RFC 3339, UTC.
create or replace function rfc3339(at timestamptz) returns text language sql stable as $$
    select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
$$;

-- The event of a call as it is now (CallSnapshot, flat), into the outbox of the current transaction.
create or replace function publish_call(c calls, type text, trace text, merged_into uuid default null)
    returns void language sql as $$
    insert into outbox (aggregatetype, aggregateid, type, payload, traceparent)
    values ('calls', c.id::text, type, jsonb_build_object(
        'occurred_at', rfc3339(now()), 'id', c.id, 'version', c.version, 'phone_number', c.phone_number,
        'customer_name', c.customer_name, 'status', c.status, 'call_type', c.call_type, 'duration', c.duration,
        'cost', c.cost, 'sentiment', c.sentiment, 'provider', c.provider, 'provider_call_id', c.provider_call_id,
        'ended_reason', c.ended_reason, 'booking_id', c.booking_id, 'merged_into', merged_into, 'started_at', rfc3339(c.started_at),
        'ended_at', rfc3339(c.ended_at), 'created_at', rfc3339(c.created_at)), trace)
$$;

-- Two rows turn out to be one call: the voice AI began without naming the carrier's call. The carrier's row goes; readers
-- of events see it leave by merged_into.
create or replace function absorb_call(keep calls, twin calls, trace text) returns calls language plpgsql as $$
declare
    -- What staff have written at either.
    written constant jsonb :=
        coalesce((select jsonb_object_agg(key, value) from jsonb_each(to_jsonb(twin)) where key = any (twin.edited)), '{}')
        || coalesce((select jsonb_object_agg(key, value) from jsonb_each(to_jsonb(keep)) where key = any (keep.edited)), '{}');
begin
    if keep.status = 'in-progress' then
        keep.status := twin.status;
        keep.status_source := twin.status_source;
        keep.provider_status := twin.provider_status;
    end if;
    keep.phone_number := coalesce(nullif(keep.phone_number, 'anonymous'), twin.phone_number);
    keep.call_type := coalesce(keep.call_type, twin.call_type);
    keep.duration := coalesce(nullif(keep.duration, 0), twin.duration);
    keep.started_at := least(keep.started_at, twin.started_at);
    keep.answered_at := coalesce(keep.answered_at, twin.answered_at);
    keep.ended_at := coalesce(keep.ended_at, twin.ended_at);
    keep.booking_id := coalesce(keep.booking_id, twin.booking_id);
    keep.carrier_cost := twin.carrier_cost;
    keep.carrier_bills := twin.carrier_bills;
    keep.recording_consent := least(keep.recording_consent, twin.recording_consent);
    keep.check_at := least(keep.check_at, twin.check_at);
    keep.checks := least(keep.checks, twin.checks);
    if keep.erased_at is null then
        keep.customer_name := coalesce(keep.customer_name, twin.customer_name);
        keep.recording_url := coalesce(keep.recording_url, twin.recording_url);
        keep.transcript := coalesce(keep.transcript, twin.transcript);
        keep.remarks := array(select distinct unnest(keep.remarks || twin.remarks) order by 1);
        keep.edited := array(select distinct unnest(keep.edited || twin.edited) order by 1);
        keep := jsonb_populate_record(keep, written);
    end if;
    update call_events e set call_id = keep.id where e.call_id = twin.id;
    update tool_invocations t set call_id = keep.id where t.call_id = twin.id;
    delete from calls c where c.id = twin.id;
    twin.version := twin.version + 1;
    perform publish_call(twin, 'call.updated.v1', trace, keep.id);
    return keep;
end;
$$;

-- One delivery of a provider becomes part of the one row of its call: bind the client, find the row by either id, refuse
-- duplicates, apply what was said, keep the raw message, append the event. f holds only what the delivery said:
--   provider, key, kind        the sender, its dedupe key, what it was
--   source                     carrier (Twilio) or agent (Vapi, Retell)
--   provider_call_id, carrier_call_id
--   status, guess              our status word; a guess may be replaced by anybody who knows
--   sequence                   compared between non-terminal callbacks only
--   report, at                 the complete data of an ended call, and the time that orders two of them
--   known_only                 says something about a call but does not prove there is one (child legs)
--   first_seen, started_at     a start to begin with; the real one
--   status_remarks, remarks    notes that belong to the status; notes in any case
--   priced_later, stuck_after  the carrier sends its bill later; when a call in progress is suspicious
-- Outcomes: recorded, ignored (nothing changed), conflict (another end than the one that stands), duplicate, unknown-call.
-- No sequential scans: a session keeps its plans from when the tables were empty, and they are not for long.
create or replace function record_call(client text, f jsonb, body text, trace text)
    returns table (call_id uuid, outcome text) language plpgsql set enable_seqscan = off as $$
#variable_conflict use_column
declare
    old calls;
    new calls;
    twin calls;
    known boolean;
    source constant text := f ->> 'source';
    pid constant text := f ->> 'provider_call_id';
    cid constant text := f ->> 'carrier_call_id';
    next constant text := f ->> 'status';
    guess constant boolean := coalesce((f ->> 'guess')::boolean, false);
    report constant boolean := coalesce((f ->> 'report')::boolean, false);
    at constant timestamptz := coalesce((f ->> 'at')::timestamptz, now());
    sequence constant integer := (f ->> 'sequence')::integer;
    was_terminal boolean;
    had_ended boolean;
    turns boolean;
    late boolean;
    wins boolean;
    absorbed boolean := false;
    done boolean;
    called text;
    customer text;
begin
    perform set_config('app.client_id', client, true);
    loop
        known := false;
        if pid is not null then
            select * into old from calls c where c.provider = f ->> 'provider' and c.provider_call_id = pid for update;
            known := found;
        end if;
        if not known and cid is not null then
            select * into old from calls c where c.carrier_call_id = cid for update;
            known := found;
        end if;
        if known and old.carrier_call_id is null and cid is not null then
            select * into twin from calls c where c.carrier_call_id = cid and c.id <> old.id for update;
            absorbed := found;
        end if;
        if known then
            new := old;
        else
            new := null;
            new.id := gen_random_uuid();
            new.client_id := client;
        end if;

        insert into call_events (provider, dedupe_key, kind, call_id, body)
        values (f ->> 'provider', f ->> 'key', f ->> 'kind', case when known or not f ? 'known_only' then new.id end,
                -- What belongs to no call would outlive the erasure of who is named in it.
                case when known or not f ? 'known_only' then body end)
        on conflict (client_id, provider, dedupe_key) do nothing;
        if not found then
            return query select e.call_id, 'duplicate' from call_events e
                where e.provider = f ->> 'provider' and e.dedupe_key = f ->> 'key';
            return;
        end if;
        if not known and f ? 'known_only' then
            return query select null::uuid, 'unknown-call';
            return;
        end if;
        had_ended := coalesce(old.status, 'in-progress') <> 'in-progress';
        if absorbed then
            old := absorb_call(old, twin, trace);
            new := old;
        end if;
        -- Of an erased caller the course and the cost of the call are taken, nothing else.
        if old.erased_at is not null then
            f := f - array['phone_number', 'customer_name', 'recording_url', 'transcript', 'summary', 'sentiment', 'remarks',
                           'status_remarks'];
            update call_events e set body = null where e.call_id = old.id and e.body is not null;
        end if;

        -- Whose call it is. The conversation belongs to the voice AI, where there is one; the carrier's id links the two.
        if source = 'agent' and (old.provider is null or old.provider = 'twilio') then
            new.provider := f ->> 'provider';
            new.provider_call_id := coalesce(pid, old.provider_call_id);
        else
            new.provider := coalesce(old.provider, f ->> 'provider');
            new.provider_call_id := coalesce(old.provider_call_id, pid, cid);
        end if;
        new.carrier_call_id := coalesce(old.carrier_call_id, cid);

        -- Status (providers.md D3). Terminal is sticky, with three exceptions.
        was_terminal := coalesce(old.status, 'in-progress') <> 'in-progress';
        turns := case
            when next is null then false
            when not was_terminal then
                next <> 'in-progress' or sequence is null or old.last_sequence is null or sequence > old.last_sequence
            when next in ('in-progress', old.status) then false
            when old.status_source = 'guess' then not guess
            when guess then false
            when source = 'agent' then
                old.status_source = 'carrier' and old.status = 'completed' and next in ('failed', 'no-answer')
            else old.status_source = 'agent' and old.status = 'failed' and not old.agent_started
                and next in ('busy', 'no-answer', 'failed')
        end;
        late := next is not null and not turns and (next = 'in-progress' or next <> old.status);
        if turns then
            new.status := next;
            new.provider_status := coalesce(f ->> 'provider_status', old.provider_status);
            new.status_source := case when next = 'in-progress' then null when guess then 'guess' else source end;
            if next = 'in-progress' then
                new.last_sequence := coalesce(sequence, old.last_sequence);
            end if;
        elsif next = old.status and old.status_source = 'guess' and not guess then
            new.status_source := source;
        end if;
        new.status := coalesce(new.status, 'in-progress');

        -- Data. A report of the voice AI replaces, anything before it fills, nothing ever empties.
        wins := case when late and not report then false
                     when report then old.reported_at is null or at >= old.reported_at
                     else old.reported_at is null and (turns or next is null) end;
        called := nullif(f ->> 'phone_number', 'anonymous');
        new.phone_number := coalesce(nullif(old.phone_number, 'anonymous'), called, 'anonymous');
        new.call_type := coalesce(old.call_type, f ->> 'call_type');
        -- The caller's own word before what we know by the number, and that before what the carrier's register says.
        customer := case when nullif(old.phone_number, 'anonymous') is null and called is not null then (
            select k.name from customer_copies k where k.phone = called order by k.version desc limit 1) end;
        if not 'customer_name' = any (coalesce(old.edited, '{}')) then
            new.customer_name := case
                when wins and source = 'agent' then coalesce(f ->> 'customer_name', old.customer_name, customer)
                else coalesce(old.customer_name, customer, f ->> 'customer_name') end;
        end if;
        if not late or report then
            if wins then
                new.duration := coalesce((f ->> 'duration')::integer, old.duration, 0);
                new.ended_at := coalesce((f ->> 'ended_at')::timestamptz, old.ended_at);
                new.started_at := coalesce((f ->> 'started_at')::timestamptz, old.started_at);
                new.ended_reason := coalesce(f ->> 'ended_reason', old.ended_reason);
            else
                new.duration := coalesce(nullif(old.duration, 0), (f ->> 'duration')::integer, 0);
                new.ended_at := coalesce(old.ended_at, (f ->> 'ended_at')::timestamptz);
                new.started_at := coalesce(old.started_at, (f ->> 'started_at')::timestamptz);
                new.ended_reason := coalesce(old.ended_reason, f ->> 'ended_reason');
            end if;
            new.answered_at := coalesce(old.answered_at, (f ->> 'answered_at')::timestamptz);
            new.agent_started := coalesce(old.agent_started, false) or coalesce((f ->> 'agent_started')::boolean, false);
        end if;
        -- What there is to hear and to read of the call is welcome in every state.
        if wins then
            new.recording_url := coalesce(f ->> 'recording_url', old.recording_url);
            new.summary := coalesce(f ->> 'summary', old.summary);
            new.sentiment := coalesce(f ->> 'sentiment', old.sentiment);
            new.agent_cost := coalesce((f ->> 'agent_cost')::numeric, old.agent_cost);
            new.transcript := case when source = 'agent' then coalesce(f ->> 'transcript', old.transcript)
                                   else coalesce(old.transcript, f ->> 'transcript') end;
        else
            new.recording_url := coalesce(old.recording_url, f ->> 'recording_url');
            new.summary := coalesce(old.summary, f ->> 'summary');
            new.sentiment := coalesce(old.sentiment, f ->> 'sentiment');
            new.agent_cost := coalesce(old.agent_cost, (f ->> 'agent_cost')::numeric);
            new.transcript := coalesce(old.transcript, f ->> 'transcript');
        end if;
        new.started_at := coalesce(new.started_at, (f ->> 'first_seen')::timestamptz, now());
        if report then
            new.reported_at := greatest(old.reported_at, at);
        end if;
        new.duration := coalesce(new.duration, 0);
        new.agent_started := coalesce(new.agent_started, false);
        new.carrier_cost := coalesce((f ->> 'carrier_cost')::numeric, old.carrier_cost);
        new.cost := coalesce(new.carrier_cost, 0) + coalesce(new.agent_cost, 0);
        new.edited := coalesce(old.edited, '{}');
        if 'transcript' = any (new.edited) then new.transcript := old.transcript; end if;
        if 'summary' = any (new.edited) then new.summary := old.summary; end if;
        if 'sentiment' = any (new.edited) then new.sentiment := old.sentiment; end if;
        if 'recording_url' = any (new.edited) then new.recording_url := old.recording_url; end if;
        new.remarks := array(
            select distinct remark from (
                select unnest(old.remarks)
                union select jsonb_array_elements_text(coalesce(f -> 'remarks', '[]'))
                union select jsonb_array_elements_text(coalesce(f -> 'status_remarks', '[]')) where new.status = next
            ) as said (remark) order by remark);
        if not 'notes' = any (new.edited) then
            new.notes := nullif(concat_ws(E'\n', variadic new.remarks || new.summary), '');
        end if;

        -- What is still to be asked: the end of a call in progress, a guessed end, a bill.
        new.checks := coalesce(old.checks, 0);
        new.carrier_bills := coalesce(old.carrier_bills, false) or f ? 'priced_later';
        if new.status is distinct from old.status or new.carrier_bills is distinct from old.carrier_bills then
            new.checks := 0;
            new.check_at := case
                when new.status = 'in-progress' then now() + coalesce((f ->> 'stuck_after')::interval, interval '35 minutes')
                when new.status_source = 'guess' or new.carrier_bills and new.carrier_cost is null then now() + interval '1 minute'
            end;
        elsif new.status <> 'in-progress' and new.status_source <> 'guess' and new.carrier_cost is not null then
            new.check_at := null;
        end if;

        if known and not absorbed and new is not distinct from old then
            return query select old.id, case when late and next <> 'in-progress' then 'conflict' else 'ignored' end;
            return;
        end if;
        if known then
            new.version := old.version + 1;
            new.updated_at := now();
            update calls c set
                phone_number = new.phone_number, customer_name = new.customer_name, duration = new.duration,
                status = new.status, call_type = new.call_type, recording_url = new.recording_url,
                transcript = new.transcript, cost = new.cost, notes = new.notes, sentiment = new.sentiment,
                provider = new.provider, provider_call_id = new.provider_call_id, carrier_call_id = new.carrier_call_id,
                provider_status = new.provider_status, ended_reason = new.ended_reason, started_at = new.started_at,
                answered_at = new.answered_at, ended_at = new.ended_at, summary = new.summary, version = new.version,
                booking_id = new.booking_id, edited = new.edited, carrier_bills = new.carrier_bills,
                carrier_cost = new.carrier_cost, agent_cost = new.agent_cost, status_source = new.status_source,
                last_sequence = new.last_sequence, reported_at = new.reported_at, agent_started = new.agent_started,
                remarks = new.remarks, check_at = new.check_at, checks = new.checks,
                recording_consent = new.recording_consent
            where c.id = old.id;
            done := true;
        else
            new.created_at := now();
            new.updated_at := now();
            new.version := 1;
            insert into calls values (new.*) on conflict do nothing;
            done := found;
        end if;
        exit when done;
        -- Another delivery made the row a moment ago: begin again, with it.
        delete from call_events e where e.provider = f ->> 'provider' and e.dedupe_key = f ->> 'key';
    end loop;

    perform publish_call(new, case when new.status <> 'in-progress' and not had_ended then 'call.ended.v1'
                                   when not known then 'call.started.v1'
                                   else 'call.updated.v1' end, trace);
    return query select new.id, case when late and next <> 'in-progress' then 'conflict' else 'recorded' end;
end;
$$;
