-- A customer's counters are the sum over their numbers: their own and those of merged duplicates.
create function add_up_counters(owner uuid) returns void language sql as $$
    update customers set
        (total_bookings, total_calls, last_contact, total_spent) =
        (select coalesce(sum(total_bookings), 0), coalesce(sum(total_calls), 0), max(last_contact), coalesce(sum(total_spent), 0)
         from phone_counters where phone in (select phone from customers where id = owner or merged_into = owner))
    where id = owner;
$$;
