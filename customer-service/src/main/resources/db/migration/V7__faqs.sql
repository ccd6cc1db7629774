alter table faqs add column version bigint not null default 1;
create index idx_faqs_order on faqs (client_id, display_order, id);

-- Each use of a FAQ, or question nobody had an answer to (faq_id null), once: by the id of the call's tool or the text.
create table faq_uses (
    client_id    text not null default current_setting('app.client_id', true),
    id           uuid not null,
    faq_id       uuid,
    channel      text not null check (channel in ('voice', 'sms')),
    question     text,
    used_at      timestamptz not null,
    dismissed_at timestamptz,
    created_at   timestamptz not null default now(),
    primary key (client_id, id)
);
create index idx_faq_uses_unanswered on faq_uses (client_id, used_at desc)
    where faq_id is null and question is not null and dismissed_at is null;
call enforce_tenancy('faq_uses');
call let_workers_see('faq_uses');
