-- What the items of a topic's sources are chosen by stands in the index: an edition
-- of 50 entries looks at the newest of thousands of items, and into the rows of
-- those that it takes only.

PRAGMA user_version = 23;

DROP INDEX item_source;
CREATE INDEX item_source ON item (source, published, state, story);
