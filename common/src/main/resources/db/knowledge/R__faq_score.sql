create extension if not exists pg_trgm;

-- How well a FAQ answers what was asked, 0 to 1: the one rule for staff, calls and texts, in the client's language.
-- 0.45 when a keyword (a word or a phrase) was said in any inflection, or misspelt, and 0.1 for each of the first three said
-- exactly; up to 0.45 for the share of the asked words that the FAQ's question and keywords have; up to 0.3 for likeness of
-- the two questions. Stop words are no words, but for a keyword that needs them ("how much") they must have been said.
-- Only words from five letters on can be misspelt: half of the trigrams of shorter ones is an accident.
create or replace function faq_score(language regconfig, asked text, question text, keywords text[]) returns float8
language sql immutable parallel safe as $$
    with said as (
        select left(asked, 300) as text,
            to_tsvector(language, left(asked, 300)) as stems,
            to_tsvector('simple', left(asked, 300)) as words
    ),
    keyword as (
        select
            case
                when length(to_tsvector(language, it)) < length(to_tsvector('simple', it)) then literally.said
                when length(to_tsvector(language, it)) > 0 then said.stems @@ phraseto_tsquery(language, it)
                else false
            end as said,
            length(it) >= 5 and it !~ '\s' and exists (
                select from unnest(tsvector_to_array(said.words)) as word where similarity(word, it) >= 0.5) as misspelt
        from said, unnest(keywords) as it,
        lateral (
            select length(to_tsvector('simple', it)) > 0 and said.words @@ phraseto_tsquery('simple', it) as said
        ) literally
    ),
    known as (
        select unnest(tsvector_to_array(
            to_tsvector(language, question || ' ' || coalesce(array_to_string(keywords, ' '), '')))) as word
    ),
    heard as (
        select coalesce(avg(nearest.likeness), 0) as share
        from said, unnest(tsvector_to_array(said.stems)) as it,
        lateral (
            select case
                when bool_or(known.word = it) then 1
                when length(it) >= 5 then coalesce(max(similarity(known.word, it)) filter (where similarity(known.word, it) >= 0.5), 0)
                else 0
            end as likeness
            from known
        ) nearest
    )
    select least(1, round((
        (select case when bool_or(k.said or k.misspelt) then 0.45 else 0 end + 0.1 * least(count(*) filter (where k.said), 3)
         from keyword k)
        + 0.45 * heard.share
        + 0.3 * similarity(lower(question), lower(said.text)))::numeric, 3))::float8
    from heard, said
$$;
