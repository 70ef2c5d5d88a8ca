-- The last press, while it stands.

PRAGMA user_version = 12;

-- What the last press was made from, as far as that is not in the store.  The
-- row goes in the transaction that changes what a press shows.
CREATE TABLE press (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    stamp BLOB NOT NULL, -- hash of what the caller pressed from
    at INTEGER NOT NULL,
    until INTEGER NOT NULL -- when the clock alone makes another edition
) STRICT;

ALTER TABLE topic ADD COLUMN entries INTEGER NOT NULL DEFAULT 0;
