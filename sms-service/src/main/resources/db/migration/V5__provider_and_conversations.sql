-- What the seed's table lacks: the provider's ids to deduplicate by, and a version for events.
alter table sms_messages
    add column updated_at           timestamptz not null default now(),
    add column version              bigint not null default 1,
    add column provider             text not null default 'twilio',
    add column provider_message_id  text,
    add column provider_status      text,
    -- How far the provider says it got; a lower one never replaces a higher one.
    add column provider_rank        smallint not null default 0,
    add column error_code           text,
    add column segments             integer,
    add column media                jsonb,
    add column purpose              text check (purpose in
        ('confirmation', 'change', 'cancellation', 'reminder', 'reply', 'text-back', 'staff', 'opt-out')),
    add column dedup_key            text,
    add column booking_time_version bigint,
    -- Outbound: where the hand-over to the provider stands, and when it may happen.
    add column handover             text check (handover in ('waiting', 'claimed', 'uncertain')),
    add column due_at               timestamptz,
    add column claimed_at           timestamptz,
    add column attempts             integer not null default 0,
    -- Inbound: whether an answer is still to be written.
    add column reply                text check (reply in ('due', 'written', 'none')),
    add column reply_due_at         timestamptz,
    add column price_due_at         timestamptz,
    add column price_attempts       integer not null default 0,
    add constraint sms_messages_provider_message_id_key unique (client_id, provider_message_id),
    add constraint sms_messages_dedup_key_key unique (client_id, dedup_key);
create index idx_sms_client_created_at on sms_messages (client_id, created_at desc, id desc);
create index idx_sms_due on sms_messages (due_at) where handover is not null;
create index idx_sms_reply on sms_messages (reply_due_at) where reply = 'due';
create index idx_sms_price on sms_messages (price_due_at) where price_due_at is not null;
create trigger update_sms_messages_updated_at before update on sms_messages
    for each row execute function update_updated_at_column();
call let_workers_see('sms_messages');

create function rfc3339(at timestamptz) returns text language sql stable as $$
    select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
$$;

-- The JSON of an SmsEvent (common: SmsSnapshot), for the statements that write their outbox row themselves.
create function sms_event(m sms_messages, occurred_at timestamptz) returns jsonb language sql stable as $$
    select jsonb_build_object(
        'occurred_at', rfc3339(occurred_at), 'id', m.id, 'version', m.version, 'phone_number', m.phone_number,
        'direction', m.direction, 'status', m.status, 'booking_id', m.booking_id,
        'booking_time_version', m.booking_time_version, 'purpose', m.purpose, 'error_code', m.error_code,
        'segments', m.segments, 'cost', m.cost, 'created_at', rfc3339(m.created_at))
$$;

-- All texts with one number: the seed's query 3, kept as it grows. `open` waits for a person; the numbers are the trigger's.
create table conversations (
    id              uuid not null unique default uuidv7(),
    client_id       text not null default current_setting('app.client_id', true),
    phone_number    text not null,
    message_count   integer not null default 0,
    unread          integer not null default 0,
    state           text not null default 'closed' check (state in ('open', 'closed')),
    last_message_at timestamptz not null,
    staff_at        timestamptz,
    primary key (client_id, phone_number)
);
create index idx_conversations_last_message_at on conversations (client_id, last_message_at desc);
call enforce_tenancy('conversations');

create function count_in_conversation() returns trigger language plpgsql as $$
begin
    insert into conversations as c (client_id, phone_number, message_count, unread, last_message_at, staff_at)
    values (new.client_id, new.phone_number, 1, (new.direction = 'inbound')::int, new.created_at,
            case when new.purpose = 'staff' then new.created_at end)
    on conflict (client_id, phone_number) do update
        set message_count = c.message_count + 1,
            unread = c.unread + excluded.unread,
            last_message_at = greatest(c.last_message_at, excluded.last_message_at),
            staff_at = coalesce(excluded.staff_at, c.staff_at);
    return null;
end;
$$;
create trigger count_sms_in_conversation after insert on sms_messages
    for each row execute function count_in_conversation();

-- The opt-out ledger: only ever added to; the newest entry of a number is how it stands.
create table opt_outs (
    id           uuid primary key default uuidv7(),
    client_id    text not null default current_setting('app.client_id', true),
    created_at   timestamptz not null default clock_timestamp(),
    phone_number text not null,
    state        text not null check (state in ('opted-out', 'opted-in')),
    source       text not null check (source in ('keyword', 'wording', 'provider', 'staff')),
    proof        text,
    message_id   uuid
);
create index idx_opt_outs_phone on opt_outs (client_id, phone_number, id desc);
call enforce_tenancy('opt_outs');

-- Status callbacks whose text we do not know yet: the callback may overtake the answer of the provider's REST API.
create table delivery_reports (
    client_id           text not null default current_setting('app.client_id', true),
    provider_message_id text not null,
    provider_status     text not null,
    provider_rank       smallint not null,
    status              text not null,
    error_code          text,
    created_at          timestamptz not null default now(),
    primary key (client_id, provider_message_id)
);
call enforce_tenancy('delivery_reports');

-- Whether the number wants no texts of this client. Whoever hands a text over holds the number's lock shared while asking
-- and sending; whoever opts it out holds it exclusively: after an opt-out has committed, nothing is handed over.
create function opted_out(phone text) returns boolean language sql stable as $$
    select coalesce((select state = 'opted-out' from opt_outs
                     where client_id = current_setting('app.client_id', true) and phone_number = phone
                     order by id desc limit 1), false)
$$;
create function opt_out_lock(client text, phone text) returns bigint language sql immutable as $$
    select hashtextextended('opt-out ' || client || ' ' || phone, 0)
$$;
create function delivery_lock(client text, sid text) returns bigint language sql immutable as $$
    select hashtextextended('delivery ' || client || ' ' || sid, 0)
$$;

-- One status callback: binds the client, applies it if it is news, keeps it if its text is unknown, writes the event.
-- A function because an update under row level security must see the client bound before it is planned to scan.
-- Answers applied | stale | unknown.
create function note_delivery(client text, sid text, message uuid, raw text, rank int, outcome text, error text, trace text)
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
    return 'applied';
end;
$$;
