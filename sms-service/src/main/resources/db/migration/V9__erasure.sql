-- A copy holds no more of a person than it needs, which is nothing.
alter table booking_copies drop column phone_number, drop column reference, drop column time_zone;

-- A number that opted out stays opted out when its person is erased: the ledger then has it by its pseudonym.
create function opted_out(phone text, pseudonym text) returns boolean language sql stable as $$
    select coalesce((select state = 'opted-out' from opt_outs
                     where client_id = current_setting('app.client_id', true) and phone_number in (phone, pseudonym)
                     order by id desc limit 1), false)
$$;
