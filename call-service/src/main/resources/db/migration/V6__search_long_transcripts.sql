-- A text search vector holds at most 1 MiB, and a call must not be lost because its transcript is longer: the first 200,000
-- characters, some twenty hours of talk, are searched.
drop index calls_transcript;
create index calls_transcript on calls using gin (to_tsvector('simple', left(transcript, 200000))) where transcript is not null;
