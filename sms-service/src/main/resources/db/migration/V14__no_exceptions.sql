-- Where the recipient is, of a text that keeps the quiet hours, however often it is put off or repeated; null of one that goes at
-- once.
alter table sms_messages add column time_zone text;

-- Why a text must not go out any more; null if it may. Waits for an opt-out of the number under way, and holds back those to come
-- until the transaction ends, so this is the last word.
create or replace function objection(client text, phone text, pseudonym text, message uuid, moment timestamptz) returns text
    language sql as $$
    select pg_advisory_xact_lock_shared(opt_out_lock(client, phone));
    select case
        when opted_out(m.phone_number, pseudonym) then 'opted-out'
        when m.purpose in ('confirmation', 'reminder') then case
            when b.time_version > m.booking_time_version or b.status in ('cancelled', 'completed', 'no-show')
                then 'superseded'
            when b.scheduled_at <= moment then 'expired' end
        end
    from sms_messages m left join booking_copies b on b.id = m.booking_id
    where m.id = message
$$;

-- As in V13, but that nobody is told of an opt-out: stopped_here is for the version before, and false.
create or replace function lease_texts(client text, most int)
    returns table (id uuid, client_id text, phone_number text, message_body text, attempts int, opted_out boolean,
                   stopped_here boolean, staff_active boolean, looping boolean, offer_booking uuid, offer_slots jsonb)
    language plpgsql set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
    taken uuid[];
begin
    perform set_config('app.client_id', client, true);
    with leased as (
        update sms_messages
        set reply_due_at = now() + attempts * interval '3 seconds' + interval '10 seconds', attempts = attempts + 1
        where id in (
            select s.id from sms_messages s
            where s.reply = 'due' and s.reply_due_at <= now()
              and not exists (
                  select 1 from sms_messages e
                  where e.client_id = s.client_id and e.phone_number = s.phone_number and e.reply = 'due'
                    and e.id < s.id offset 0)
            order by s.reply_due_at limit most for update skip locked)
        returning id
    )
    select array_agg(id) into taken from leased;
    if taken is null then
        return;
    end if;
    return query
    select m.id, m.client_id::text, m.phone_number::text, m.message_body, m.attempts,
           opted_out(m.phone_number),
           false,
           coalesce(c.staff_at > now() - interval '12 hours', false),
           (select count(*) from sms_messages s
            where s.phone_number = m.phone_number and s.direction = 'inbound' and s.message_body = m.message_body
              and s.created_at > m.created_at - interval '10 minutes' and s.created_at <= m.created_at) >= 5
           and (select count(*) from sms_messages s
                where s.phone_number = m.phone_number and s.purpose = 'reply'
                  and s.created_at > m.created_at - interval '10 minutes' and s.created_at < m.created_at) >= 5,
           f.booking_id, f.slots
    from sms_messages m
    left join conversations c on c.phone_number = m.phone_number
    left join slot_offers f on f.phone_number = m.phone_number and f.created_at > now() - interval '2 hours'
    where m.id = any(taken);
end;
$$;

-- One status callback, as in V5. Answers changed (our own status, which is an event) | applied | stale | unknown.
create or replace function note_delivery(client text, sid text, message uuid, raw text, rank int, outcome text, error text, trace text)
    returns text language plpgsql as $$
declare
    old_status text;
    m          sms_messages;
begin
    perform set_config('app.client_id', client, true), pg_advisory_xact_lock(delivery_lock(client, sid));
    select * into m from sms_messages
    where client_id = client and direction = 'outbound' and provider_message_id = sid for update;
    if not found and message is not null then
        select * into m from sms_messages
        where client_id = client and direction = 'outbound' and id = message and provider_message_id is null for update;
    end if;
    if m.id is null then
        insert into delivery_reports as r (client_id, provider_message_id, provider_status, provider_rank, status, error_code)
        values (client, sid, raw, rank, outcome, error)
        on conflict (client_id, provider_message_id) do update
            set provider_status = excluded.provider_status, provider_rank = excluded.provider_rank,
                status = excluded.status, error_code = coalesce(excluded.error_code, r.error_code)
            where r.provider_rank < excluded.provider_rank;
        return 'unknown';
    end if;
    -- A text we had given up as unconfirmed may turn out to have been taken.
    if m.provider_rank >= rank
        or (m.status not in ('queued', 'sent') and m.status <> outcome and m.error_code is distinct from 'unconfirmed') then
        return 'stale';
    end if;
    old_status := m.status;
    update sms_messages
    set provider_message_id = sid, provider_status = raw, provider_rank = rank, status = outcome,
        error_code = coalesce(error, nullif(error_code, 'unconfirmed')), handover = null,
        price_due_at = coalesce(price_due_at, now() + interval '1 minute'), version = version + 1
    where client_id = client and id = m.id
    returning * into m;
    if old_status <> m.status then
        insert into outbox (client_id, aggregatetype, aggregateid, type, payload, traceparent)
        values (client, 'sms-messages', m.id::text, 'sms.' || m.status || '.v1', sms_event(m, now()), trace);
    end if;
    if error = '21610' and not opted_out(m.phone_number) then
        insert into opt_outs (client_id, phone_number, state, source, proof, message_id)
        values (client, m.phone_number, 'opted-out', 'provider', 'error 21610', m.id);
    end if;
    return case when old_status <> m.status then 'changed' else 'applied' end;
end;
$$;
