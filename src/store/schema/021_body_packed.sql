-- Bodies take four fifths of a store, and twice as many pages as they need: what
-- readers see and its plain text are nearly the same.

PRAGMA user_version = 21;

-- The HTML and the text, one behind the other and packed (RFC 8878), and how long
-- each is; html and text are empty then.  Of bodies written before: NULL, and
-- html and text as they are.
ALTER TABLE body ADD COLUMN html_bytes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE body ADD COLUMN text_bytes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE body ADD COLUMN texts BLOB;
