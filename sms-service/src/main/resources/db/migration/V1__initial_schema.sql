-- The seed's table. Wider where the seed is too narrow: cost (a text costs 0.0079), status `queued` (not yet handed to the
-- provider), client_id. A text without direction or status means nothing. booking_id is an id of booking-service.
create table sms_messages (
    id           uuid primary key default uuidv7(),
    created_at   timestamptz not null default now(),
    phone_number text not null,
    direction    text not null check (direction in ('inbound', 'outbound')),
    message_body text not null,
    status       text not null check (status in ('queued', 'sent', 'delivered', 'failed', 'received')),
    booking_id   uuid,
    cost         numeric(12, 6) not null default 0,
    client_id    text not null default current_setting('app.client_id', true)
);
call enforce_tenancy('sms_messages');
