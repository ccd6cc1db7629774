-- "Is there an earlier one for this number?" has one index to be answered by. While the queues were short the planner took the
-- one by due time for as good, and read all of a queue that had grown since for every text in it.
drop index idx_sms_due;
create index idx_sms_due on sms_messages (client_id, due_at) where handover is not null and due_at is not null;
drop index idx_sms_reply;
create index idx_sms_reply on sms_messages (client_id, reply_due_at) where reply = 'due' and reply_due_at is not null;
