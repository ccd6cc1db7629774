-- claimed: an instance is about to send it, and has not begun; posting: the provider may have it. What a crash leaves claimed is
-- sent by somebody else; what it leaves posting is looked up at the provider and never posted again.
alter table sms_messages
    drop constraint sms_messages_handover_check,
    add constraint sms_messages_handover_check check (handover in ('waiting', 'claimed', 'posting', 'uncertain'));
