create index idx_customers_phone on customers (phone);
create index idx_customers_email on customers (email);
create index idx_customers_name on customers (name);

create index idx_faqs_client on faqs (client_id);
create index idx_faqs_category on faqs (category);
create index idx_faqs_active on faqs (is_active);

create index idx_prompts_client on system_prompts (client_id);
create index idx_prompts_type on system_prompts (prompt_type);
create index idx_prompts_active on system_prompts (is_active);
