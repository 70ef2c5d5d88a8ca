-- Reports of one event are found by a row for each term that lists the newest
-- items with it, not by a row for each term and item; keys of sketches are
-- dropped by what the sketch says, not through an index of their own.

PRAGMA user_version = 14;

-- Two numbers of 8 bytes for each item, the newest last: its id, and when it was
-- published.  Items stored before are found by what their copies share only.
CREATE TABLE event_list (
    term INTEGER PRIMARY KEY, -- its hash
    day INTEGER NOT NULL,     -- since 1970, when an item was last added
    items BLOB NOT NULL
) STRICT;
CREATE INDEX event_list_day ON event_list (day);
DROP TABLE event_key;

CREATE TABLE copy_key (
    hash INTEGER NOT NULL,
    item INTEGER NOT NULL,
    PRIMARY KEY (hash, item)
) STRICT, WITHOUT ROWID;
INSERT INTO copy_key SELECT hash, item FROM sketch_key ORDER BY hash, item;
DROP TABLE sketch_key;
ALTER TABLE copy_key RENAME TO sketch_key;
