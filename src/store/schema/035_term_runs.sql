-- Reports of one event, too, are found by sorted runs (store_runs.c): a row for each
-- term lay in a page of its own.  All runs are made of the sketches when the store
-- is opened, with larger filters.

PRAGMA user_version = 35;

DROP TABLE near_run;
DROP TABLE near_page;
DROP TABLE near_filter;
DELETE FROM near_stale;
DROP TABLE event_list;

-- Records in the order of their keys: of shingles (near), pairs of a key and its item,
-- 14 bytes; of terms, lists of the newest items (store_lists.c).  The key is the hash,
-- mixed; all numbers are big-endian.
CREATE TABLE near_run (
    id INTEGER PRIMARY KEY,
    pages INTEGER NOT NULL, -- some may have no row
    bytes INTEGER NOT NULL, -- of all records
    day INTEGER NOT NULL    -- since 1970, of the newest record; 0: does not matter
) STRICT;
CREATE TABLE near_page (
    id INTEGER PRIMARY KEY, -- of the run, times 2^24; and the page's number
    records BLOB NOT NULL
) STRICT;
-- What says that a key is not in a page, without reading it.
CREATE TABLE near_filter (
    id INTEGER PRIMARY KEY, -- of the first of some pages
    bits BLOB NOT NULL
) STRICT;

CREATE TABLE term_run (
    id INTEGER PRIMARY KEY,
    pages INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    day INTEGER NOT NULL
) STRICT;
CREATE TABLE term_page (
    id INTEGER PRIMARY KEY,
    records BLOB NOT NULL
) STRICT;
CREATE TABLE term_filter (
    id INTEGER PRIMARY KEY,
    bits BLOB NOT NULL
) STRICT;
