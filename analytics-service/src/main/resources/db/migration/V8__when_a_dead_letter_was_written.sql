-- When the event was published first, as it says itself: the same each time that Kafka hands it out, so that the letters of
-- somebody who was erased can be told from those of somebody who came back. Null: unknown, taken for old.
alter table dead_letters add column occurred_at timestamptz;
