-- What the other services tell, noted in one statement per event, which is its own transaction: BEGIN, bind, lock, write and
-- COMMIT as round trips of their own cost the service more than what they do. Each statement of these functions sees what was
-- committed before it began, so what follows a lock sees what its last holder wrote.
-- No sequential scans: a session keeps its plans from when the tables were empty, and they are not for long.

-- Whatever is told about one number waits for one another, whoever tells it, until the end of the transaction.
create function take_turn(client text, number text) returns void language sql as $$
    select pg_advisory_xact_lock(hashtextextended(client || number, 4))
$$;

-- A moment as Java writes it: RFC 3339, UTC, thousandths and millionths only where there are any.
create function rfc3339(at timestamptz) returns text language sql stable as $$
    select regexp_replace(to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '(\.000)?000Z$', 'Z')
$$;

-- The JSON of a CustomerEvent (common: CustomerSnapshot), as Java writes it.
create function customer_event(c customers, occurred_at timestamptz) returns jsonb language sql stable as $$
    select jsonb_build_object(
        'occurred_at', rfc3339(occurred_at), 'id', c.id, 'version', c.version, 'name', c.name, 'phone', c.phone,
        'email', c.email, 'address', c.address, 'tags', c.tags, 'merged_into', c.merged_into,
        'created_at', rfc3339(c.created_at))
$$;

-- Whether a name from one source is to be believed rather than one from the other.
create function is_better_source(of_new text, of_old text) returns boolean language sql immutable as $$
    select array_position(array['none', 'call', 'booking', 'staff'], of_new)
         > array_position(array['none', 'call', 'booking', 'staff'], of_old)
$$;

-- A sign of life: the timeline entry if it is news, and with it the customer: created, or taught what was not known. The customer
-- is only touched when there is something to write, and the event goes with it; of whoever was erased (no person) there is
-- nothing. Answers whether a customer was written.
create function note_encounter(client text, kind text, id uuid, version bigint, number text, at timestamptz, summary text,
        created_at timestamptz, gone boolean, name text, name_source text, email text, address text, person boolean,
        noted_at timestamptz, trace text)
    returns boolean language plpgsql set enable_seqscan = off as $$
#variable_conflict use_column
declare
    c customers;
begin
    perform set_config('app.client_id', client, true), take_turn(client, number);
    insert into timeline (kind, id, version, phone, at, summary, created_at, gone)
    values (kind, id, version, number, at, summary, created_at, gone)
    on conflict (client_id, kind, id) do update
        set version = excluded.version, phone = excluded.phone, at = excluded.at, summary = excluded.summary,
            gone = excluded.gone
        where timeline.version < excluded.version;
    if not found or not person then
        return false;
    end if;
    insert into customers as mine (id, phone, name, name_source, email, address, created_at,
                                   total_bookings, total_calls, last_contact, total_spent)
    select uuidv7(), number, coalesce(name, ''), name_source, email, address, noted_at,
           coalesce(max(total_bookings), 0), coalesce(max(total_calls), 0), max(last_contact), coalesce(max(total_spent), 0)
    from phone_counters where phone = number
    on conflict (client_id, phone) do update
        set name = case when is_better_source(excluded.name_source, mine.name_source) then excluded.name else mine.name end,
            name_source = case when is_better_source(excluded.name_source, mine.name_source)
                               then excluded.name_source else mine.name_source end,
            email = coalesce(mine.email, excluded.email),
            address = coalesce(mine.address, excluded.address),
            version = mine.version + 1
        where mine.merged_into is null and mine.erased_at is null
          and (is_better_source(excluded.name_source, mine.name_source)
               or (mine.email is null and excluded.email is not null)
               or (mine.address is null and excluded.address is not null))
    returning mine.* into c;
    if not found then
        return false;
    end if;
    insert into outbox (aggregatetype, aggregateid, type, payload, traceparent)
    values ('customers', c.id::text, case when c.version = 1 then 'customer.created.v1' else 'customer.updated.v1' end,
            customer_event(c, noted_at), trace);
    return true;
end;
$$;

-- What analytics-service last said about a number, if it is news; then its owner's counters are the sum over their numbers.
create function note_counters(client text, number text, version bigint, total_bookings integer, total_calls integer,
        last_contact timestamptz, total_spent numeric)
    returns void language plpgsql set enable_seqscan = off as $$
#variable_conflict use_column
begin
    perform set_config('app.client_id', client, true), take_turn(client, number);
    insert into phone_counters (phone, version, total_bookings, total_calls, last_contact, total_spent)
    values (number, version, total_bookings, total_calls, last_contact, total_spent)
    on conflict (client_id, phone) do update
        set version = excluded.version, total_bookings = excluded.total_bookings, total_calls = excluded.total_calls,
            last_contact = excluded.last_contact, total_spent = excluded.total_spent
        where phone_counters.version < excluded.version;
    if not found then
        return;
    end if;
    -- The owner is locked first, so that two of their numbers changing at once add up.
    perform from customers where id = (select coalesce(merged_into, id) from customers where phone = number) for update;
    perform add_up_counters(coalesce(merged_into, id)) from customers where phone = number;
end;
$$;

-- The use of a FAQ, or a question nobody had an answer to, if it is new; and with it the count.
create function note_faq_use(client text, id uuid, faq uuid, channel text, question text, used_at timestamptz, number text)
    returns void language plpgsql set enable_seqscan = off as $$
#variable_conflict use_column
begin
    perform set_config('app.client_id', client, true);
    insert into faq_uses (id, faq_id, channel, question, used_at, phone)
    values (id, faq, channel, question, used_at, case when question is not null then number end)
    on conflict do nothing;
    if found then
        update faqs set usage_count = usage_count + 1 where id = faq;
    end if;
end;
$$;
