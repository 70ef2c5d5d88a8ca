-- What hosts and sites asked of us, so that the next run knows.  Table host, which
-- was to hold both, was never written.

PRAGMA user_version = 13;

DROP TABLE host;

-- The answer to an origin's robots.txt.
CREATE TABLE robots (
    origin TEXT PRIMARY KEY, -- https://example.org:8080
    site TEXT NOT NULL,      -- its registrable domain
    status INTEGER NOT NULL, -- of HTTP
    text BLOB NOT NULL,      -- any bytes; empty without rules
    fetched INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX robots_site ON robots (site);

-- A registrable domain that wants to be left alone.
CREATE TABLE peace (
    site TEXT PRIMARY KEY,
    since INTEGER NOT NULL,
    until INTEGER NOT NULL,
    refusals INTEGER NOT NULL, -- on end
    status INTEGER NOT NULL    -- of HTTP, of the last one
) STRICT, WITHOUT ROWID;
