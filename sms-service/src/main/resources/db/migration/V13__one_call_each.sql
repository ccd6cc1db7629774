-- What the two queues ask for every text, each in one round trip. Functions, because a statement under row level security must
-- see the client bound before it is planned, and a lock must be held before the snapshot that it guards is taken.

-- The next text to be handed over: the one due longest, the oldest of its number. Planned for the queue as it is: a plan made and
-- kept while it was empty reads all of it for every row of it when it is long. `offset 0`: the number's index is asked, text by
-- text, even while statistics call the queue empty.
create function claim_text(client text, moment timestamptz) returns setof sms_messages
    language sql set plan_cache_mode = force_custom_plan as $$
    select set_config('app.client_id', client, true);
    update sms_messages
    set handover = 'claimed', claimed_at = moment, attempts = attempts + 1, error_code = null
    where id = (
        select s.id from sms_messages s
        where s.handover = 'waiting' and s.due_at <= moment
          and not exists (
              select 1 from sms_messages e
              where e.client_id = s.client_id and e.phone_number = s.phone_number
                and (e.handover in ('claimed', 'posting') or (e.handover = 'waiting' and e.due_at <= moment
                     and (e.created_at, e.id) < (s.created_at, s.id))) offset 0)
        order by s.due_at, s.created_at, s.id
        limit 1 for update skip locked)
    returning *
$$;

-- The oldest unanswered text of some numbers, leased, and what stands around each; later ones of a number wait for it. Mostly there
-- is none, and then the large query is not even planned.
create function lease_texts(client text, most int)
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
           coalesce((select o.message_id = m.id and coalesce((
                         select p.state from opt_outs p where p.phone_number = m.phone_number and p.id < o.id
                         order by p.id desc limit 1), 'opted-in') = 'opted-in'
                     from opt_outs o where o.phone_number = m.phone_number order by o.id desc limit 1), false),
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

-- Why a text must not go out any more; null if it may. Waits for an opt-out of the number under way, and holds back those to come
-- until the transaction ends, so this is the last word.
create function objection(client text, phone text, pseudonym text, message uuid, moment timestamptz) returns text
    language sql as $$
    select pg_advisory_xact_lock_shared(opt_out_lock(client, phone));
    select case
        when opted_out(m.phone_number, pseudonym) and m.purpose <> 'opt-out' then 'opted-out'
        when m.purpose in ('confirmation', 'reminder') then case
            when b.time_version > m.booking_time_version or b.status in ('cancelled', 'completed', 'no-show')
                then 'superseded'
            when b.scheduled_at <= moment then 'expired' end
        end
    from sms_messages m left join booking_copies b on b.id = m.booking_id
    where m.id = message
$$;

-- The provider has the text: its SID, and whatever it had reported under that before we knew.
create function note_sent(client text, message uuid, sid text, raw text, rank int, parts int, trace text) returns void
    language plpgsql as $$
declare
    early delivery_reports;
begin
    perform pg_advisory_xact_lock(delivery_lock(client, sid));
    with sent as (
        update sms_messages
        set provider_message_id = sid, status = 'sent', provider_status = raw, provider_rank = rank,
            segments = coalesce(nullif(parts, 0), segments), handover = null, error_code = null,
            price_due_at = now() + interval '1 minute', version = version + 1
        where id = message and handover is not null
        returning id, sms_event(sms_messages, now()) as event
    )
    insert into outbox (aggregatetype, aggregateid, type, payload, traceparent)
    select 'sms-messages', id::text, 'sms.sent.v1', event, trace from sent;
    delete from delivery_reports where provider_message_id = sid returning * into early;
    if found then
        perform note_delivery(client, sid, null, early.provider_status, early.provider_rank, early.status,
                              early.error_code, trace);
    end if;
end;
$$;
