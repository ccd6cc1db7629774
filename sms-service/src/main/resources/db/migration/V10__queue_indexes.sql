-- The queues are found by client, in the order they fall due, and by number; a client with a backlog hides no other.
drop index idx_sms_due;
create index idx_sms_due on sms_messages (client_id, due_at) where handover is not null;
create index idx_sms_due_phone on sms_messages (client_id, phone_number, created_at) where handover is not null;
drop index idx_sms_reply;
create index idx_sms_reply on sms_messages (client_id, reply_due_at) where reply = 'due';
create index idx_sms_reply_phone on sms_messages (client_id, phone_number, id) where reply = 'due';
drop index idx_sms_price;
create index idx_sms_price on sms_messages (client_id, price_due_at) where price_due_at is not null;

-- Most texts have no key: what came in needs no entry.
alter table sms_messages drop constraint sms_messages_dedup_key_key;
create unique index sms_messages_dedup_key_key on sms_messages (client_id, dedup_key) where dedup_key is not null;
