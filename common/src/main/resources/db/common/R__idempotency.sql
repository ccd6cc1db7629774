-- What an Idempotency-Key means, asked from either kind of transaction.

-- The answer kept under the key as JSON, "null" where there is none. Whoever asks first has the key until the end of the
-- transaction; to the others it is running.
create or replace function first_answer(asked text) returns text language plpgsql as $$
begin
    if not pg_try_advisory_xact_lock(hashtextextended(current_setting('app.client_id') || ' ' || asked, 0)) then
        return '{"running": true}';
    end if;
    return coalesce(
        (select json_build_object('running', false, 'request_hash', request_hash, 'status', status,
                                  'headers', headers::text, 'body', body::text)::text
         from idempotency_keys where key = asked and created_at > now() - interval '24 hours'),
        'null');
end;
$$;

create or replace function remember_answer(asked text, hash text, status integer, headers text, body text) returns text language sql as $$
    insert into idempotency_keys (key, request_hash, status, headers, body)
    values (asked, hash, $3, $4::jsonb, $5::jsonb)
    on conflict (client_id, key) do update set request_hash = excluded.request_hash, status = excluded.status,
        headers = excluded.headers, body = excluded.body, created_at = now()
    returning key
$$;

create or replace function give_back(asked text) returns text language sql as $$
    delete from idempotency_keys where key = asked returning key
$$;
