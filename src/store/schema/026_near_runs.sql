-- Near copies are found by sorted runs of hashes, which are written from one end to
-- the other and merged now and then: a row for each hash and item lay in a page of
-- its own.  The runs are made of the sketches when the store is opened.

PRAGMA user_version = 26;

DROP TABLE sketch_key;

-- Pairs of one of a sketch's smallest hashes and its item, in the order of the
-- hashes mixed (store_runs.c).
CREATE TABLE near_run (
    id INTEGER PRIMARY KEY,
    pages INTEGER NOT NULL, -- some may have no row
    pairs INTEGER NOT NULL
) STRICT;

-- Of each pair 14 bytes, big-endian: the mixed hash in 8, the item in 6.
CREATE TABLE near_page (
    id INTEGER PRIMARY KEY, -- of the run, times 2^24; and the page's number
    pairs BLOB NOT NULL
) STRICT;

-- What says that a hash is not in a page, without reading it: 256 bytes a page.
CREATE TABLE near_filter (
    id INTEGER PRIMARY KEY, -- of the first of 15 pages
    bits BLOB NOT NULL
) STRICT;

-- Items whose sketch has changed or gone since, and how many pairs they had.
CREATE TABLE near_stale (
    item INTEGER PRIMARY KEY,
    pairs INTEGER NOT NULL
) STRICT;
