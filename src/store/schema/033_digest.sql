-- An item that holds several articles of the mill: a copy of one of them is none
-- of it.
ALTER TABLE sketch ADD COLUMN is_digest INTEGER NOT NULL DEFAULT 0;

PRAGMA user_version = 33;
