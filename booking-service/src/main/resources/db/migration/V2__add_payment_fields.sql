alter table bookings
    add column payment_amount   decimal(10,2),
    add column payment_currency text default 'USD',
    add column payment_status   text check (payment_status in ('pending', 'paid', 'failed')),
    add column number_of_loads  integer;
