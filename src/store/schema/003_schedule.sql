-- When a source is asked next, and where it has moved to.

-- What is known of its habits; how long they may be trusted is decided anew at
-- every fetch.
ALTER TABLE visit ADD COLUMN period INTEGER NOT NULL DEFAULT 0; -- seconds
ALTER TABLE visit ADD COLUMN why TEXT NOT NULL DEFAULT ''; -- of next_fetch
ALTER TABLE visit ADD COLUMN skip_hours INTEGER NOT NULL DEFAULT 0;
ALTER TABLE visit ADD COLUMN skip_days INTEGER NOT NULL DEFAULT 0;

-- Entries of its last document that was whole, to see one that has shrunk.
ALTER TABLE visit ADD COLUMN entries INTEGER NOT NULL DEFAULT 0;

-- Where 301 and 308 led, in how many runs on end, since when; once that is
-- believed, it is the address that is asked.
ALTER TABLE source ADD COLUMN moved_to TEXT NOT NULL DEFAULT '';
ALTER TABLE source ADD COLUMN moved_runs INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN moved_since INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN address TEXT NOT NULL DEFAULT '';

PRAGMA user_version = 3;
