-- What the editor hides or holds is taken out of archives, days and digests, and
-- comes back when she thinks better of it.

PRAGMA user_version = 17;

ALTER TABLE kept ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0; -- when; 0 not
CREATE INDEX kept_withdrawn ON kept (topic) WHERE withdrawn <> 0;
