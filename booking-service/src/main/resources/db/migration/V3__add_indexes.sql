create index idx_bookings_phone on bookings (customer_phone);
create index idx_bookings_status on bookings (status);
create index idx_bookings_date on bookings (appointment_date);
create index idx_bookings_created_at on bookings (created_at desc);
