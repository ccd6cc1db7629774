-- Versions are immutable, and one per client and type is active.
alter table system_prompts add column version bigint not null default 1;
create unique index system_prompts_one_active on system_prompts (client_id, prompt_type) where is_active;
create unique index system_prompts_version_key on system_prompts (client_id, prompt_type, prompt_version);

create function prompts_are_immutable() returns trigger language plpgsql as $$
begin
    raise exception 'a version of a prompt never changes; write the next one';
end;
$$;
create trigger prompts_are_immutable before update of prompt_type, system_prompt, prompt_version on system_prompts
    for each row when (old.prompt_type is distinct from new.prompt_type
                    or old.system_prompt is distinct from new.system_prompt
                    or old.prompt_version is distinct from new.prompt_version)
    execute function prompts_are_immutable();

-- When which version became the active one; the number orders the events on the compacted topic.
create table prompt_activations (
    client_id    text not null default current_setting('app.client_id', true),
    prompt_type  text not null,
    version      bigint not null,
    prompt_id    uuid not null references system_prompts (id),
    activated_at timestamptz not null,
    activated_by text not null,
    primary key (client_id, prompt_type, version)
);
call enforce_tenancy('prompt_activations');
