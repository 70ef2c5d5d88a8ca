-- What a topic has published, as it stood in its files last, so that it can go
-- to an archive document, the page of its day and a digest when the item's body
-- is long dropped.

PRAGMA user_version = 15;

CREATE TABLE kept (
    id INTEGER PRIMARY KEY,
    topic TEXT NOT NULL,
    atom_id TEXT NOT NULL,
    story INTEGER NOT NULL,     -- which may be gone
    number INTEGER NOT NULL,    -- of its archive document; 0 not archived
    position INTEGER NOT NULL,  -- in that, from the oldest, 0
    day INTEGER NOT NULL,       -- of its page, days since 1970
    since INTEGER NOT NULL,     -- when the topic published it first
    published INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    retracted INTEGER NOT NULL, -- when; 0 not: else the texts are empty
    hash BLOB NOT NULL,         -- of the texts
    line TEXT NOT NULL,         -- of a digest, HTML
    -- One behind the other, packed (RFC 1950), and how long each is.
    atom_bytes INTEGER NOT NULL,
    rss_bytes INTEGER NOT NULL,
    html_bytes INTEGER NOT NULL,
    texts BLOB NOT NULL,
    UNIQUE (topic, atom_id)
) STRICT;
CREATE INDEX kept_number ON kept (topic, number, position);
CREATE INDEX kept_day ON kept (topic, day);
CREATE INDEX kept_since ON kept (topic, since);

-- The files made of them, and the hash of their bytes when they were written
-- last; NULL: they are to be written.
CREATE TABLE kept_file (
    topic TEXT NOT NULL,
    file TEXT NOT NULL,
    hash BLOB,
    PRIMARY KEY (topic, file)
) STRICT, WITHOUT ROWID;
