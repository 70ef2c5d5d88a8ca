-- Sources whose pages give no whole texts.

PRAGMA user_version = 8;

-- Pages of a source's entries on end that were of no use; a good one ends it.
CREATE TABLE pages_in_vain (
    source INTEGER PRIMARY KEY REFERENCES source ON DELETE CASCADE,
    pages INTEGER NOT NULL,
    since INTEGER NOT NULL, -- when the first of them came
    last INTEGER NOT NULL,  -- and the last
    why TEXT NOT NULL       -- that was of no use
) STRICT;
