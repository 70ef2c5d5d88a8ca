-- The entries of a day's page in the order they stand there, without looking into
-- the rows: a page of thousands to which a few come is made from its old bytes.

PRAGMA user_version = 22;

DROP INDEX kept_day;
CREATE INDEX kept_day ON kept (topic, day, published DESC, atom_id)
    WHERE retracted = 0 AND withdrawn = 0;
