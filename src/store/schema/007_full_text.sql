-- Whole texts of entries whose feeds give their beginning only.

PRAGMA user_version = 7;

-- An entry whose page was found wanting to be asked for.  Until then, and when
-- the page is of no use, the item's body is what its feed gave; the item's
-- hashes are always those of what the feed gave.
CREATE TABLE full_text (
    item INTEGER PRIMARY KEY REFERENCES item ON DELETE CASCADE,
    source INTEGER NOT NULL, -- the item's
    page TEXT NOT NULL,      -- its URL key
    content BLOB NOT NULL,   -- hash of the feed's text that it was asked for
    is_wanted INTEGER NOT NULL,
    has_text INTEGER NOT NULL, -- the body is the page's
    why TEXT NOT NULL, -- it is wanted, or what came of it
    asked INTEGER NOT NULL, -- when the last answer came
    asks INTEGER NOT NULL,  -- answers so far
    next INTEGER NOT NULL,  -- if wanted: not before
    fresh_from INTEGER NOT NULL -- a page read before is out of date
) STRICT;
CREATE INDEX full_text_wanted ON full_text (next) WHERE is_wanted;
CREATE INDEX full_text_page ON full_text (page);
CREATE INDEX full_text_source ON full_text (source, asked);
