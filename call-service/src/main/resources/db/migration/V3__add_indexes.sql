create index idx_calls_phone on calls (phone_number);
create index idx_calls_status on calls (status);
create index idx_calls_created_at on calls (created_at desc);
create index idx_calls_booking_id on calls (booking_id);
