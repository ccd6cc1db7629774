-- The seed's table for this service, with the agreed widenings (README, "Where we differ from the seed").
create table bookings (
    id                uuid primary key default gen_random_uuid(),
    client_id         text not null default current_setting('app.client_id', true),
    created_at        timestamptz not null default now(),
    updated_at        timestamptz not null default now(),
    customer_name     text not null,
    customer_phone    text not null,
    customer_email    text,
    service_type      text not null,
    appointment_date  text not null,
    appointment_time  text not null,
    status            text not null default 'pending'
        check (status in ('pending', 'confirmed', 'cancelled', 'completed', 'no-show', 'scheduled')),
    source            text check (source in ('voice', 'sms', 'manual')),
    notes             text,
    reminder_sent     boolean not null default false,
    confirmation_sent boolean not null default false,
    title             text,
    scheduled_at      timestamptz,
    duration_minutes  integer,
    pickup_address    text
);
call enforce_tenancy('bookings');

create trigger update_bookings_updated_at before update on bookings
    for each row execute function update_updated_at_column();
