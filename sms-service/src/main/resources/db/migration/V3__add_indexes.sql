create index idx_sms_phone on sms_messages (phone_number);
create index idx_sms_created_at on sms_messages (created_at desc);
create index idx_sms_booking_id on sms_messages (booking_id);
