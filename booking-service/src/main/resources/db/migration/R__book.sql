-- Creating a booking is one statement: `select * from book(…)`. In it, in order: the tenant is bound, the idempotency key
-- claimed or answered, the catalogue version compared, the first free resource taken (the exclusion constraint judges), and
-- the event and the answer stored. Row, event and answer are the same facts, made once by the service; only the resource
-- is decided here. Nothing is left behind unless the outcome is `booked`.
-- No sequential scans: a session keeps its plans from when the tables were empty, and they are not for long.
create or replace function book(
    p_client text,
    p_now timestamptz,
    p_catalogue_version bigint,
    p_key text,
    p_request_hash text,
    p_booking text,
    p_event text,
    p_created_by text,
    p_buffer_minutes integer,
    p_resources uuid[],
    p_hold uuid,
    p_traceparent text,
    out outcome text,
    out resource uuid,
    out answer text
) language plpgsql set enable_seqscan = off as $$
declare
    booking jsonb := p_booking::jsonb;
    wanted tstzrange;
    candidate uuid;
    chosen uuid;
    hash text;
    given timestamptz;
begin
    perform set_config('app.client_id', p_client, true);

    if p_key is not null then
        if not pg_try_advisory_xact_lock(hashtextextended(p_client || ' ' || p_key, 0)) then
            outcome := 'key-in-use';
            return;
        end if;
        select k.request_hash, k.body::text, k.created_at into hash, answer, given
        from idempotency_keys k where k.client_id = p_client and k.key = p_key;
        if given > now() - interval '24 hours' then
            outcome := case when hash = p_request_hash then 'replayed' else 'key-reused' end;
            return;
        end if;
    end if;

    -- Holders take this lock alone, bookings share it: a hold is either seen here, or sees this booking.
    perform pg_advisory_xact_lock_shared(hashtextextended('holds ' || p_client, 0));

    if p_catalogue_version is distinct from (select r.version from booking_rules r where r.client_id = p_client) then
        outcome := 'stale';
        return;
    end if;

    wanted := tstzrange((booking ->> 'scheduled_at')::timestamptz,
                        (booking ->> 'scheduled_at')::timestamptz
                        + make_interval(mins => (booking ->> 'duration_minutes')::integer + p_buffer_minutes));
    if p_hold is not null then
        select h.resource_id into candidate from holds h
        where h.id = p_hold and h.slot = wanted and h.resource_id = any (p_resources);
        if found then
            p_resources := array_prepend(candidate, array_remove(p_resources, candidate));
        end if;
    end if;

    foreach candidate in array p_resources loop
        continue when exists (
            select from holds h
            where h.client_id = p_client and h.resource_id = candidate and h.slot && wanted
              and h.expires_at > p_now and h.id is distinct from p_hold);
        insert into bookings (
            id, client_id, created_at, updated_at, customer_name, customer_phone, customer_email, service_type,
            service_name, appointment_date, appointment_time, source, notes, title, scheduled_at, duration_minutes,
            buffer_minutes, time_zone, pickup_address, payment_amount, payment_currency, payment_status, number_of_loads,
            reference, resource_id, time_changed_at, created_by)
        select b.id, p_client, b.created_at, b.created_at, b.customer_name, b.customer_phone, b.customer_email,
               b.service_type, b.service_name, b.appointment_date, b.appointment_time, b.source, b.notes, b.title,
               b.scheduled_at, b.duration_minutes, p_buffer_minutes, b.time_zone, b.pickup_address, b.payment_amount,
               b.payment_currency, b.payment_status, b.number_of_loads, b.reference, candidate, b.created_at, p_created_by
        from jsonb_to_record(booking) as b (
            id uuid, created_at timestamptz, customer_name text, customer_phone text, customer_email text,
            service_type text, service_name text, appointment_date text, appointment_time text, source text, notes text,
            title text, scheduled_at timestamptz, duration_minutes integer, time_zone text, pickup_address text,
            payment_amount numeric, payment_currency text, payment_status text, number_of_loads integer, reference text)
        on conflict do nothing
        returning bookings.resource_id into chosen;
        exit when chosen is not null;
    end loop;

    if chosen is null then
        outcome := case when exists (select from bookings b
                                     where b.client_id = p_client and b.reference = booking ->> 'reference')
                        then 'reference-taken' else 'taken' end;
        return;
    end if;

    insert into outbox (client_id, aggregatetype, aggregateid, type, payload, traceparent)
    values (p_client, 'bookings', booking ->> 'id', 'booking.created.v1',
            p_event::jsonb || jsonb_build_object('resource_id', chosen), p_traceparent);
    if p_key is not null then
        insert into idempotency_keys (client_id, key, request_hash, status, body)
        values (p_client, p_key, p_request_hash, 201, booking || jsonb_build_object('resource_id', chosen))
        on conflict (client_id, key) do update
            set request_hash = excluded.request_hash, status = excluded.status, headers = excluded.headers,
                body = excluded.body, created_at = now();
    end if;
    if p_hold is not null then
        delete from holds where id = p_hold;
    end if;
    outcome := 'booked';
    resource := chosen;
    answer := null;
end;
$$;

-- Moves a booking to another time, on the first resource of the list that is free then; null when none is. The old time is
-- given up in the same update that takes the new one. Called in a transaction that has the tenant bound and the row locked.
-- Works alone for the client, as holders do: two plain updates that meet in an exclusion constraint would deadlock.
create or replace function move(p_booking uuid, p_start timestamptz, p_resources uuid[], p_now timestamptz)
returns uuid language plpgsql as $$
declare
    wanted tstzrange;
    candidate uuid;
begin
    perform pg_advisory_xact_lock(hashtextextended('holds ' || current_setting('app.client_id'), 0));
    select tstzrange(p_start, p_start + (upper(slot) - lower(slot))) into wanted from bookings where id = p_booking;
    foreach candidate in array p_resources loop
        continue when exists (
            select from holds h where h.resource_id = candidate and h.slot && wanted and h.expires_at > p_now);
        continue when exists (
            select from bookings b
            where b.resource_id = candidate and b.status in ('pending', 'confirmed', 'scheduled') and b.slot && wanted
              and b.id <> p_booking);
        update bookings set scheduled_at = p_start, resource_id = candidate where id = p_booking;
        return candidate;
    end loop;
    return null;
end;
$$;

-- Keeps a time for a caller who is deciding; null when no resource of the list is free then. Holders work one at a time per
-- client, and wait for the bookings that are being made.
create or replace function hold(
    p_id uuid, p_service_type text, p_start timestamptz, p_minutes integer, p_resources uuid[], p_now timestamptz,
    p_expires_at timestamptz)
returns uuid language plpgsql as $$
declare
    wanted tstzrange := tstzrange(p_start, p_start + make_interval(mins => p_minutes));
    candidate uuid;
begin
    perform pg_advisory_xact_lock(hashtextextended('holds ' || current_setting('app.client_id'), 0));
    delete from holds where expires_at <= p_now;
    foreach candidate in array p_resources loop
        continue when exists (select from holds h where h.resource_id = candidate and h.slot && wanted);
        continue when exists (
            select from bookings b
            where b.resource_id = candidate and b.status in ('pending', 'confirmed', 'scheduled') and b.slot && wanted);
        insert into holds (id, resource_id, service_type, slot, expires_at)
        values (p_id, candidate, p_service_type, wanted, p_expires_at);
        return candidate;
    end loop;
    return null;
end;
$$;
