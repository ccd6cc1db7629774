-- People name themselves in what they ask: whoever is erased takes the questions along that nobody could answer.
alter table faq_uses add column phone text;
create index idx_faq_uses_phone on faq_uses (client_id, phone) where phone is not null;
