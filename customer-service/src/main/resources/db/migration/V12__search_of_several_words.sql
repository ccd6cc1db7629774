-- Up to three words narrow the search, not one: "ann miller" must not read every Ann. See V6.
alter policy "A search narrows what is viewed" on customers using (
    search like coalesce(nullif(current_setting('app.search', true), ''), '%')
    and search like coalesce(nullif(current_setting('app.search_2', true), ''), '%')
    and search like coalesce(nullif(current_setting('app.search_3', true), ''), '%'));
