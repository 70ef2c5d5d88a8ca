-- The store of feedmill, version 1.  What each table is for, and how to look
-- into it, is told in README.md one folder up.
--
-- A moment is three columns: Unix seconds (UTC); the zone in minutes east, NULL
-- when unknown; the precision, 0 unknown, 1 day, 2 minute, 3 second.  A hash is
-- the 16 bytes of XXH3-128, big-endian.  Other times are Unix seconds, 0 never.

PRAGMA application_id = 1717857644; -- "fdml"
PRAGMA user_version = 1;

-- ---- sources ---------------------------------------------------------------

CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE, -- its URL, or file: and the path in the mill
    title TEXT NOT NULL DEFAULT '',
    home_url TEXT NOT NULL DEFAULT '',
    feed_id TEXT NOT NULL DEFAULT '',
    feed_updated INTEGER NOT NULL DEFAULT 0,
    feed_updated_zone INTEGER,
    feed_updated_precision INTEGER NOT NULL DEFAULT 0,
    kind TEXT NOT NULL DEFAULT '', -- feed, page, list, text
    state TEXT NOT NULL DEFAULT 'new',
    since INTEGER NOT NULL DEFAULT 0, -- when the state began
    error TEXT NOT NULL DEFAULT '',
    last_reported INTEGER NOT NULL DEFAULT 0,
    guid_unstable INTEGER NOT NULL DEFAULT 0, -- its items are known by URL
    last_read INTEGER NOT NULL DEFAULT 0 -- when a document last brought items
) STRICT;

-- What every fetch changes, apart from the rest so that a run in which nothing
-- is new writes few pages.
CREATE TABLE visit (
    source INTEGER PRIMARY KEY REFERENCES source ON DELETE CASCADE,
    last_fetch INTEGER NOT NULL DEFAULT 0,
    last_ok INTEGER NOT NULL DEFAULT 0,
    next_fetch INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0, -- in a row
    status INTEGER NOT NULL DEFAULT 0    -- of HTTP, 0 without an answer
) STRICT;

-- Validators of a document, to be sent back exactly as they came.
CREATE TABLE document (
    source INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
    url TEXT NOT NULL,
    etag TEXT NOT NULL DEFAULT '',
    last_modified TEXT NOT NULL DEFAULT '',
    body_hash BLOB, -- of the bytes received; NULL unknown
    read_as BLOB,   -- hash of all else that decided how they were read
    PRIMARY KEY (source, url)
) STRICT, WITHOUT ROWID;

-- What a host asked of us: its robots.txt, and how long to leave it alone.
CREATE TABLE host (
    id INTEGER PRIMARY KEY,
    origin TEXT NOT NULL UNIQUE, -- https://example.org, or a site for pauses
    robots TEXT,
    robots_status INTEGER NOT NULL DEFAULT 0,
    robots_fetched INTEGER NOT NULL DEFAULT 0,
    blocked_until INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Pages fetched once, for list pages and full text, by URL key.
CREATE TABLE page (
    url_key TEXT PRIMARY KEY,
    source INTEGER REFERENCES source ON DELETE CASCADE,
    fetched INTEGER NOT NULL,
    status INTEGER NOT NULL,
    failures INTEGER NOT NULL -- in a row; 0: read, or never to be asked again
) STRICT, WITHOUT ROWID;
CREATE INDEX page_source ON page (source);

-- ---- items -----------------------------------------------------------------

CREATE TABLE story (
    id INTEGER PRIMARY KEY,
    made INTEGER NOT NULL
) STRICT;

CREATE TABLE item (
    id INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
    story INTEGER NOT NULL REFERENCES story,
    is_lead INTEGER NOT NULL,
    why TEXT NOT NULL DEFAULT '', -- how it joined its story: same-url ...
    short_id TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL DEFAULT 'new',
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL, -- to the day
    published INTEGER NOT NULL,
    published_zone INTEGER,
    published_precision INTEGER NOT NULL,
    date_is_first_seen INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    updated_zone INTEGER,
    updated_precision INTEGER NOT NULL,
    content BLOB NOT NULL, -- hash of title and text: moves updated
    whole BLOB NOT NULL,   -- hash of everything: says whether to write
    letters INTEGER NOT NULL, -- length of the text in characters
    is_spam_cut INTEGER NOT NULL,
    title TEXT NOT NULL,
    url TEXT NOT NULL,
    guid TEXT NOT NULL,
    language TEXT NOT NULL,
    site_name TEXT NOT NULL,
    origin TEXT NOT NULL,    -- who published it first, as the page says
    origin_url TEXT NOT NULL
) STRICT;
CREATE INDEX item_source ON item (source, published);
CREATE INDEX item_story ON item (story);
-- In two parts, so that neither looking for bodies nor for whole items to drop
-- walks over those that only wait for their keys to be forgotten.
CREATE INDEX item_seen ON item ((state = 'expired'), last_seen);

-- Under what an item is known within its source: its guid, its URL key, its
-- title on a page or under an address that it shares, its text.  A key that
-- several items claim is shared and identifies nothing any more.
CREATE TABLE item_key (
    hash BLOB NOT NULL,
    source INTEGER NOT NULL, -- the item's
    item INTEGER NOT NULL REFERENCES item ON DELETE CASCADE,
    kind TEXT NOT NULL, -- guid, url, title, text
    is_shared INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (hash, source)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_key_item ON item_key (item);

-- What makes an item large; gone when the item has expired.
CREATE TABLE body (
    item INTEGER PRIMARY KEY REFERENCES item ON DELETE CASCADE,
    html TEXT NOT NULL,
    text TEXT NOT NULL,
    summary TEXT NOT NULL,
    more TEXT NOT NULL -- JSON: authors, tags, notes and the other fields
) STRICT;

-- The at most 64 smallest hashes of the text's shingles (text/shingle.h), 8
-- bytes each, big-endian, ascending.
CREATE TABLE sketch (
    item INTEGER PRIMARY KEY REFERENCES item ON DELETE CASCADE,
    shingles INTEGER NOT NULL, -- how many the text has
    hashes BLOB NOT NULL
) STRICT;

-- ---- what was made of them --------------------------------------------------

-- A story as published: one atom:id for ever.
CREATE TABLE entry (
    story INTEGER PRIMARY KEY REFERENCES story ON DELETE CASCADE,
    atom_id TEXT NOT NULL UNIQUE,
    first_published INTEGER NOT NULL,
    published INTEGER NOT NULL,
    published_zone INTEGER,
    published_precision INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    updated_zone INTEGER,
    updated_precision INTEGER NOT NULL,
    content BLOB NOT NULL -- the lead's, when updated was last looked at
) STRICT;

-- What the judge said of an item for a topic, under rules of that hash.
CREATE TABLE verdict (
    item INTEGER NOT NULL REFERENCES item ON DELETE CASCADE,
    topic TEXT NOT NULL,
    rules BLOB NOT NULL,
    verdict TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (item, topic)
) STRICT, WITHOUT ROWID;

CREATE TABLE topic (
    id TEXT PRIMARY KEY,
    newest INTEGER NOT NULL -- atom:updated of the feed; never goes back
) STRICT, WITHOUT ROWID;

CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    started INTEGER NOT NULL,
    finished INTEGER NOT NULL,
    exit_status INTEGER NOT NULL,
    sources INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    items_new INTEGER NOT NULL,
    items_changed INTEGER NOT NULL
) STRICT;
